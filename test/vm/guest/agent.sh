#!/bin/busybox sh
# Runs what the host asks: lines `ID BASE64` come in, lines `ID CODE BASE64(stdout) BASE64(stderr)` go out. Commands
# run side by side, each in the host's root.
port=$(ls /dev/vport* | head -n 1)
exec 3<>"$port"
mkdir /answers
answer() {
  file=/answers/$1
  echo "$2" | base64 -d >"/root/tmp/.command-$1"
  HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    chroot /root /bin/bash "/tmp/.command-$1" >"$file.out" 2>"$file.err" </dev/null 3<&-
  code=$?
  { printf '%s %s ' "$1" "$code"; base64 -w 0 "$file.out"; printf ' '; base64 -w 0 "$file.err"; echo; } >"$file.line"
  (flock 9; cat "$file.line" >&3) 9>/answers/lock
  rm -f "$file".*
}
echo 'ready 0  ' >&3
while read -r id command <&3; do answer "$id" "$command" & done
