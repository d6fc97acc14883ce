#!/bin/sh
# slurm.sh PROGRAM ROOT SYNTHETIC - runs contrib/slurm on a Slurm of its own: one controller and two nodes
# on loopback, for the eighteen letters and for LETTERS synthetic ones. One task is killed and
# requeued. The letters must be those of one run without parts, byte for byte.
set -eu
program=$1 root=$2 synthetic=$3
letters=${LETTERS:-10000}
for tool in slurmctld slurmd sbatch scontrol; do
	command -v $tool >/dev/null 2>&1 && continue
	echo "$tool is not installed (Debian: slurm-wlm): skipped"
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
cat >"$dir/slurm.conf" <<CONF
ClusterName=letters
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
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
export SLURM_CONF="$dir/slurm.conf" LETTERMERGE="$program"
mkdir "$dir/state" "$dir/spool-node1" "$dir/spool-node2"

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
has_begun() { ls "$1"/.lettermerge-1-of-*.db; }
# A task that was requeued would wait two minutes, unless it is told otherwise.
has_ended() {
	scontrol update "jobid=$1" starttime=now 2>/dev/null || true
	! squeue -h -j "$1" | grep .
}
until_true 60 both_idle

# run PARTS OUT KILL OPTION...: all parts, then the records joined.
run() {
	parts=$1 out=$2 kill=$3
	shift 3
	job=$(sbatch --parsable --array="1-$parts" --output="$dir/%a.log" \
		"$root/contrib/slurm/letters.sbatch" --no-sign --quiet --out "$out" "$@")
	if [ "$kill" = kill ]; then
		until_true 60 has_begun "$out"
		scontrol requeue "${job}_1"
	fi
	until_true 300 has_ended "$job"
	join=$(sbatch --parsable --output="$dir/join.log" "$root/contrib/slurm/join.sbatch" --out "$out")
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
run 8 "$dir/parts" kill --recipients "$dir/many" --durability=fast
"$program" batch --no-sign -q -o "$dir/whole" --recipients "$dir/many" --durability=fast
diff -rq -x '.lettermerge*' -x run.json "$dir/parts" "$dir/whole"
[ "$(find "$dir/parts" -name '*.pdf' | wc -l)" -eq "$letters" ]
"$program" batch --no-sign -o "$dir/parts" --recipients "$dir/many" | grep "^0 letters written"
echo "$letters letters in 8 parts, one of them killed and requeued: the same bytes"
