"""``python -m tests.faults``: see the package's own words."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults import __doc__ as words
from tests.faults.devices import Device
from tests.faults.proxy import FATES, LATEST_SECONDS, Proxy
from tests.faults.servers import Postgres, Server, environment
from tests.faults.typed import Typist

PHOTO_EVERY = 10  # records
STUCK_SECONDS = 240  # without anything arriving


def main():
    """Run, print, and say by the exit code whether it ended as it must."""
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    var = Path(tempfile.mkdtemp(prefix="faults-"))
    postgres = Postgres() if asked.engine == "postgres" else None
    try:
        environment(var, postgres.url if postgres else f"sqlite:///{var / 'trigpoint.sqlite3'}")
        return run(asked, var, postgres)
    finally:
        if postgres:
            postgres.stop()
        shutil.rmtree(var, ignore_errors=True)


def arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=words, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--devices", type=int, default=8)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--control", action="store_true")
    return parser.parse_args()


def run(asked, var, postgres):
    """Build the world, let the devices send through every fault, and compare."""
    import django  # noqa: PLC0415 -- once the environment is set

    django.setup()
    from tests.faults import comparing  # noqa: PLC0415

    tablets = comparing.found(asked.devices, asked.records)
    forget_connections()
    typed = [type_all(asked, number, places) for number, (_, places) in enumerate(tablets)]
    server = Server(var, postgres, asked.seed)
    proxy = Proxy(server.port, asked.seed)
    proxy.start()
    proxy.ready.wait()
    devices = [
        Device(f"device {number} of {asked.seed}", proxy.port, tablets[number][0],
               [*records, *photos], keeps_ids=not asked.control)
        for number, (records, photos) in enumerate(typed)
    ]  # fmt: skip
    begun = time.monotonic()
    server.start()
    server.answering.wait()
    try:
        for device in devices:
            device.start()
        wait_for(devices, server)
        took = time.monotonic() - begun
        time.sleep(LATEST_SECONDS + 1)  # what the proxy still holds back arrives
    finally:
        server.stop()
    records = [record for mine, _ in typed for record in mine]
    photos = [photo for _, mine in typed for photo in mine]
    outcome = comparing.compare(records, photos)
    sound = comparing.is_sound()
    return report(asked, devices, proxy, server, (records, photos, outcome, sound, took))


def forget_connections():
    """Let go of the database: it will be killed."""
    from django.db import connection, connections  # noqa: PLC0415

    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def type_all(asked, number, places):
    """Type one device's share of the records, and every tenth time take a photo."""
    typist = Typist(f"{asked.seed} {number}", places)
    mine = range(number, asked.records, asked.devices)
    records = [typist.record(one) for one in mine]
    chosen = [] if asked.control else records[::PHOTO_EVERY]
    return records, [typist.photo(record) for record in chosen]


def wait_for(devices, server):
    """Wait until every device is done; a run in which nothing arrives any more is over, too."""
    last, since = 0, time.monotonic()
    while any(device.is_alive() for device in devices):
        time.sleep(0.2)
        now = sum(device.counts["arrived"] for device in devices)
        if now != last:
            last, since = now, time.monotonic()
        if server.fault or time.monotonic() - since > STUCK_SECONDS:
            waiting = [(len(device.due), dict(device.counts)) for device in devices]
            sys.stderr.write(f"{server.log.read_text()[-3000:]}\n{waiting}\n")
            raise server.fault or TimeoutError("nothing arrives any more")


def report(asked, devices, proxy, server, ended):
    """Print the counts, and return 0 when the run ended as it must."""
    records, photos, outcome, sound, took = ended
    told = sum((device.counts for device in devices), Counter())
    stuck = [line for device in devices for line in device.wrong]
    happened = proxy.happened
    revisions = sum(len(record.revisions) for record in records)
    database = f", PostgreSQL {server.postgres.kills} times" if server.postgres else ""
    say(f"{'control run, ' if asked.control else ''}{asked.engine}, seed {asked.seed}")
    say(f"typed       {len(records):,} records, {revisions:,} revisions, {len(photos):,} photos")
    say(f"sent        {told['receipts']:,} revisions and {told['photos']:,} photos, by receipt")
    say(
        f"attempts    {told['attempts']:,} in {took:.0f} s; {told['no answer']:,} without an answer"
    )
    say(f"kills       server {server.kills} times{database}")
    for fate in FATES:
        say(f"  {fate:22} {happened[fate]:,}")
    say(f"  {'no server, or it died':22} {happened['no server'] + happened['no answer']:,}")
    say(f"  {'5xx of our own':22} {told['5xx by us']:,}")
    for kind in ("lost", "duplicated", "altered", "left over"):
        say(f"{kind:11} {outcome.counts[kind]}")
    say(f"refused     {len(stuck)}")
    say(f"integrity   {sound}")
    for line in [*outcome.first[:10], *stuck[:10]]:
        say(f"  {line}")
    is_clean = not outcome.counts and not stuck and sound == "ok"
    is_clean = is_clean and told["receipts"] == revisions and told["photos"] == len(photos)
    if asked.control:
        say("The control failed, as it must." if not is_clean else "The control did NOT fail.")
        return int(is_clean)
    say("Nothing lost, duplicated or altered." if is_clean else "FAILED.")
    return int(not is_clean)


def say(line):
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
