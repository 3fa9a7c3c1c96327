#!/bin/sh
# Builds a digest on a Dask cluster of two workers, one of which is killed, and compares the stories
# with those of a local build.  Usage: sh tests/quality/cluster.sh PYTHON [ARTICLES]
# PYTHON has the program and its extra `cluster`.
set -eu
python=$1
work=$(mktemp -d)
address=tcp://127.0.0.1:18786
"$python" tests/quality/corpus.py "$work/cluster/content/articles" --articles "${2:-600}"
mkdir -p "$work/local/content" && cp -r "$work/cluster/content/articles" "$work/local/content/"
"$python" -m distributed.cli.dask_scheduler --host 127.0.0.1 --port 18786 --no-dashboard \
  >"$work/scheduler.log" 2>&1 &
scheduler=$!
start_worker() {
  "$python" -m distributed.cli.dask_worker "$address" --nthreads 1 --no-nanny --no-dashboard \
    --local-directory "$work/dask" >"$work/worker.log" 2>&1 &
}
start_worker && first=$!
start_worker && second=$!
trap 'kill "$scheduler" "$second" 2>/dev/null; rm -rf "$work"' EXIT
"$python" -m digest build --only stories --root "$work/cluster" --scheduler "$address" &
build=$!
# As soon as results come in, the build is in the middle of its work.
until [ -s "$work/cluster/.digest/cache.sqlite-wal" ]; do sleep 0.1; done
sleep 1
kill -9 "$first"
wait "$build"
"$python" -m digest build --only stories --root "$work/local"
diff -r "$work/cluster/content/stories" "$work/local/content/stories" && echo "same bytes"
