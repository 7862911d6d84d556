#!/usr/bin/env python3
"""The IMAP connection ends in the middle of a letter."""
from fixture import check_nothing_lost_or_doubled, deliver, new_house, the_sandbox
from letters import appeal
from proxy import Proxy
from tap import equal, main, test

CUTS = 3


def through(proxy: Proxy) -> dict:
    return {"fetcher": {"server": f"imap://127.0.0.1:{proxy.port}", "ca_file": None,
        "retry_least": "1 s", "retry_most": "1 s"}}


@test("a letter cut in its literal is not kept, and comes whole the next time")
def cut_in_pass() -> None:
    proxy = Proxy(the_sandbox().imap_port, cuts=1)
    with new_house(through(proxy)) as house:
        letters = [appeal(n, padding=100_000) for n in range(3)]
        deliver(house, letters)
        result = house.run("fetcher")
        equal(proxy.done, 1, "connections cut")
        if result.returncode != 0:
            equal(result.returncode, 75, "exit status")
            house.passes("fetcher")
        equal(house.count("letters"), 3, "letters kept")
        equal(house.count("letters", "whole"), 3, "letters kept whole")
        house.passes()
        check_nothing_lost_or_doubled(house, letters)
    proxy.close()


@test("a watching fetcher goes on by itself after each of several cuts")
def cut_in_watch() -> None:
    proxy = Proxy(the_sandbox().imap_port, cuts=CUTS)
    with new_house(through(proxy)) as house:
        letters = [appeal(n, padding=100_000) for n in range(10, 16)]
        deliver(house, letters)
        fetcher = house.watch("fetcher")
        house.wait(lambda: house.count("letters") == len(letters), 120, "all letters")
        equal(proxy.done, CUTS, "connections cut")
        equal(fetcher.stop(), 0, "exit status of the fetcher")
        house.passes()
        check_nothing_lost_or_doubled(house, letters)
    proxy.close()


main()
