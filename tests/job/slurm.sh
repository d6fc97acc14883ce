#!/bin/sh
# slurm.sh PROGRAM ROOT SYNTHETIC KILL_AT - runs contrib/slurm on a Slurm of its own: one controller and two nodes
# on loopback, that know each other by munge, for the eighteen letters and for LETTERS synthetic ones, of
# whose records three are rejected. One task is requeued, of another the program is killed, of a third the
# time is over; the join waits for all by afterok. The letters must be those of one run without parts, byte for byte.
set -eu
program=$1 root=$2 synthetic=$3 kill_at=$4
letters=${LETTERS:-4000}
for tool in munged slurmctld slurmd sbatch scontrol; do
	command -v $tool >/dev/null 2>&1 && continue
	echo "$tool is not installed (Debian: munge, slurm-wlm): skipped"
	[ -z "${LETTERMERGE_TESTS_REQUIRE:-}" ] || exit 1
	exit 77
done
if [ "$(id -u)" -ne 0 ]; then
	echo "slurmd wants to be started by root: skipped"
	exit 77
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/lettermerge-slurm-XXXXXX")
started=
finish() {
	for process in $started; do kill "$process" 2>/dev/null || true; done
	for process in $started; do wait "$process" 2>/dev/null || true; done
	rm -rf "$dir"
}
trap finish EXIT

host=$(hostname -s)
# cred_expire: what is requeued waits for as long. One begun sooner, by a hand, a node takes for the one that it killed.
cat >"$dir/slurm.conf" <<CONF
ClusterName=letters
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket,cred_expire=10
CredType=cred/munge
SlurmctldPort=26817
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
MpiDefault=none
ReturnToService=2
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=26818 CPUs=1
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=26819 CPUs=1
PartitionName=all Nodes=node1,node2 Default=YES MaxTime=60 State=UP
CONF
export SLURM_CONF="$dir/slurm.conf" LETTERMERGE="$dir/hurt" HURT= PROGRAM="$program" KILL_AT="$kill_at"
# What befalls the tasks 2 and 3 when they are first run: its program is killed, its time is over.
cat >"$dir/hurt" <<'HURT'
#!/bin/sh
case $HURT${SLURM_RESTART_COUNT:-0}$SLURM_ARRAY_TASK_ID in
yes02) export LD_PRELOAD="$KILL_AT" LETTERMERGE_KILL_AT=300 ;;
yes03) kill -USR1 $PPID ;;
esac
exec "$PROGRAM" "$@"
HURT
chmod +x "$dir/hurt"
mkdir "$dir/state" "$dir/spool-node1" "$dir/spool-node2"

# The key is thrown away with the folder. Every folder above munge's socket must be its owner's alone to write.
mkdir -m 755 "$dir/munge"
chmod 755 "$dir"
(umask 077 && head -c 1024 /dev/urandom >"$dir/munge/key")
munged --foreground --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" \
	--log-file="$dir/munge/log" --seed-file="$dir/munge/seed" >"$dir/munge.log" 2>&1 &
started="$started $!"

slurmctld -D >"$dir/out.log" 2>&1 &
started="$started $!"
for node in node1 node2; do
	slurmd -D -N $node >>"$dir/out.log" 2>&1 &
	started="$started $!"
done

# until_true SECONDS COMMAND...
until_true() {
	rounds=$(($1 * 5))
	shift
	while ! "$@" >/dev/null 2>&1; do
		rounds=$((rounds - 1))
		if [ $rounds -le 0 ]; then
			echo "waited too long for: $*"
			tail -n 20 "$dir"/*.log
			exit 1
		fi
		sleep 0.2
	done
}
both_idle() { [ "$(sinfo -h -t idle -o %D)" = 2 ]; }
is_there() { [ -e "$1" ]; }
has_begun() { ls "$1"/run-1-of-*.json; }
has_ended() {
	left=$(squeue -h -j "$1") && [ -z "$left" ] # a server that does not answer says nothing of the job
}
until_true 20 is_there "$dir/munge/socket"
until_true 60 both_idle

# run PARTS OUT HURT OPTION...: all parts, and the join that waits for them.
run() {
	parts=$1 out=$2 HURT=$3
	shift 3
	job=$(sbatch --parsable --array="1-$parts" --output="$dir/%a.log" \
		"$root/contrib/slurm/letters.sbatch" --no-sign --quiet --out "$out" "$@")
	join=$(sbatch --parsable --output="$dir/join.log" --dependency="afterok:$job" \
		"$root/contrib/slurm/join.sbatch" --out "$out")
	if [ "$HURT" = yes ]; then
		until_true 60 has_begun "$out"
		scontrol requeue "${job}_1"
	fi
	until_true 300 has_ended "$job"
	until_true 60 has_ended "$join"
	cat "$dir/join.log"
}

cd "$root"
run 4 "$dir/eighteen" no
"$program" batch --no-sign -q -o "$dir/eighteen-whole"
diff -rq -x '.lettermerge*' -x run.json "$dir/eighteen" "$dir/eighteen-whole"
[ "$(find "$dir/eighteen" -name '*.pdf' | wc -l)" -eq 18 ]
echo "18 letters in 4 parts: the same bytes"

mkdir "$dir/many"
"$synthetic" "$dir/many" "$letters"
for bad in $(cd "$dir/many" && ls | sed -n '7p;1007p;2007p'); do
	echo '<recipient xmlns="urn:lettermerge:recipient:1"/>' >"$dir/many/$bad"
done
run 4 "$dir/parts" yes --recipients "$dir/many" --durability=fast
grep -h "ended by signal 9, requeued" "$dir/2.log"
grep -h "ended by signal 15, requeued" "$dir/3.log"
"$program" batch --no-sign -q --rejections ok -o "$dir/whole" --recipients "$dir/many" --durability=fast 2>/dev/null
diff -rq -x '.lettermerge*' -x run.json "$dir/parts" "$dir/whole"
[ "$(find "$dir/parts" -name '*.pdf' | wc -l)" -eq $((letters - 3)) ]
[ "$(grep -c '"id"' "$dir/parts/failed.json")" -eq 3 ]
"$program" batch --no-sign --rejections ok -o "$dir/parts" --recipients "$dir/many" 2>/dev/null |
	grep "^0 letters written to .*, 3 failed"
echo "$letters records, three rejected, in 4 parts, one of them requeued, one killed, one out of time: the same bytes"
