#!/bin/sh
# ./run letters and ./run test on a bare Debian 12, made for it.
sh tests/support/fresh.sh bookworm
