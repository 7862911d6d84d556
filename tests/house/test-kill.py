#!/usr/bin/env python3
"""Each program is killed at work, again and again; nothing is lost and nothing done twice."""
import random
import time

from fixture import check_nothing_lost_or_doubled, deliver, delivered_ids, new_house
from letters import anonymous, appeal
from sandbox.house import ROOMS, House
from tap import comment, main, test

LETTERS = 56
KILLS = 8  # of each program
# Longer than any pause before a try whose end is unknown is repeated.
LATER = 6 * 3600
SEED = 20261123


def letters() -> list[bytes]:
    return [anonymous(n) if n % 5 == 0 else appeal(n, padding=n * 500) for n in range(LETTERS)]


def work_of(house: House, room: str) -> int:
    return house.count("events", "room = ?", room)


def kill_at_work(house: House, room: str, batches: list[list[bytes]], pause: random.Random) -> int:
    """Starts the room with its neighbours watching, and kills it some moments after it has
    begun on a batch.  Returns how often there was work left when it died."""
    at_work = 0
    for other in ROOMS:
        if other != room:
            house.watch(other)
    for batch in batches:
        victim = house.watch(room)
        before = work_of(house, room)
        deliver(house, batch)
        house.wait(lambda: work_of(house, room) > before, 60, f"{room} at work")
        # Anywhere within a pass; the moment is all that the seed chooses.
        time.sleep(pause.random() * 0.02)
        house.kill(victim)
        at_work += not house.at_rest()
    return at_work


def survive(room: str) -> None:
    with new_house() as house:
        everything = letters()
        size = -(-LETTERS // KILLS)
        batches = [everything[i:i + size] for i in range(0, LETTERS, size)]
        at_work = kill_at_work(house, room, batches, random.Random(SEED))
        assert at_work > 0, "it was never killed at work, so this shows nothing"
        house.close()
        house.passes()
        house.passes("notifier", now=time.time() + LATER)
        check_nothing_lost_or_doubled(house, everything)
        comment(f"{room}: {len(batches)} kills, {at_work} at work, "
            f"{house.count('deliveries', 'outcome = ?', 'unknown')} tries with unknown end, "
            f"{delivered_ids(house).total() - house.count('notices')} mails twice")


for each in ROOMS:
    test(f"rector-{each} killed at work loses nothing and doubles nothing")(
        lambda room=each: survive(room))

main()
