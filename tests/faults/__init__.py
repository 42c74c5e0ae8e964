"""Nothing lost, nothing twice, nothing altered: the fault run.

    make faults                                        # 1,000 records on SQLite
    make faults ARGS="--engine postgres --seed 7"
    python -m tests.faults --control                   # ids that are not the device's: must fail
    python -m tests.faults --records 10000

Eight devices send records of one to three revisions, and photos in pieces, to the real server (two
processes of the web server we ship). Between them stands a proxy of our own that drops requests
before they arrive, cuts them in half, drops answers after the server has committed, answers 500 by
itself, and sends requests twice: at once, one after the other, or long after. Meanwhile the server
is killed with SIGKILL, all its processes, about a second after each time it answers; with
``--engine postgres`` the database's processes are killed as well, now and then.

A device behaves as the app does. It keeps what was typed until it holds a receipt whose hash is
the one it worked out itself, waits longer after each failure, and never reads anything back.

At the end what is on the server is compared with what was typed, byte by byte, straight from the
database, and the counts are printed. The run fails when anything is lost, double or altered, when
a device met a conflict, when a piece or a file was left over, or when the database is not whole.
The control run sends the same through the same faults with a fresh id at each attempt, as a client
would that leaves ids to the server. It must end with records that are there twice, and fails when
it does not: then the faults are too tame to show anything.

Everything lives in a temporary folder; PostgreSQL is started as in ``.ci/run``. No mocks.
"""
