#!/usr/bin/env python3
"""A second copy of a program that is at work does nothing, and says so."""
from fixture import check_nothing_lost_or_doubled, deliver, new_house
from letters import anonymous, appeal
from sandbox.house import ROOMS
from tap import equal, main, test

RETRY = 75


@test("a second copy of each program is refused, and the first goes on")
def second_copy() -> None:
    with new_house() as house:
        letters = [appeal(1), anonymous(2), appeal(3)]
        first = [house.watch(room) for room in ROOMS]
        deliver(house, letters[:2])
        house.await_rest(2)
        for room in ROOMS:
            for words in ([], ["--watch"]):
                result = house.run(room, *words)
                equal(result.returncode, RETRY, f"{room} {words}: {result.stdout}")
        deliver(house, letters[2:])
        house.await_rest(3)
        for each in first:
            equal(each.stop(), 0, f"exit status of {each.room}")
        check_nothing_lost_or_doubled(house, letters)


main()
