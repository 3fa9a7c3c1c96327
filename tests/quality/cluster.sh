#!/bin/sh
# Builds a digest on a Dask cluster of two workers, one of which is killed, and compares the stories
# with those of a local build.  Usage: sh tests/quality/cluster.sh PYTHON [ARTICLES]
# PYTHON has the program and its extra `cluster`.
set -eu
python=$1
work=$(mktemp -d)
"$python" tests/quality/corpus.py "$work/cluster/content/articles" --articles "${2:-600}"
mkdir -p "$work/local/content" && cp -r "$work/cluster/content/articles" "$work/local/content/"
"$python" -m distributed.cli.dask_scheduler --host 127.0.0.1 --port 0 --no-dashboard \
  --scheduler-file "$work/scheduler.json" >"$work/scheduler.log" 2>&1 &
scheduler=$!
start_worker() {
  "$python" -m distributed.cli.dask_worker --scheduler-file "$work/scheduler.json" --nthreads 1 \
    --no-nanny --no-dashboard --local-directory "$work/dask" >"$work/worker.log" 2>&1 &
}
start_worker && first=$!
start_worker && second=$!
trap 'kill -9 "$scheduler" "$second"; rm -rf "$work"' EXIT
until [ -s "$work/scheduler.json" ]; do kill -0 "$scheduler" && sleep 0.1; done
address=$("$python" -c 'import json, sys; print(json.load(sys.stdin)["address"])' \
  <"$work/scheduler.json")
"$python" -m digest build --only stories --root "$work/cluster" --scheduler "$address" &
build=$!
# As soon as results are written, the build is in the middle of its work.
until [ -s "$work/cluster/.digest/cache.sqlite-wal" ]; do kill -0 "$build" && sleep 0.1; done
kill -9 "$first"
wait "$build"
"$python" -m digest build --only stories --root "$work/local"
diff -r "$work/cluster/content/stories" "$work/local/content/stories" && echo "same bytes"
