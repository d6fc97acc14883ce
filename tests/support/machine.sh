#!/bin/sh
# machine.sh - says in a line on what figures were taken.
. /etc/os-release
printf '%s, %d processors, %d GiB of memory, %s for files, Linux %s, %s %s' \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
	"$(awk '/MemTotal/ {print int($2 / 1048576 + 0.5)}' /proc/meminfo)" "$(stat -f -c %T /var/tmp)" \
	"$(uname -r | cut -d- -f1)" "$NAME" "$VERSION_ID"
