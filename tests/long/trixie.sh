#!/bin/sh
# ./run letters and ./run test on a bare Debian 13, made for it: other versions of the libraries.
sh tests/support/fresh.sh trixie
