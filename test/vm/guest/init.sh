#!/bin/busybox sh
# The guest's first process: the host's root, read-only, under a writable layer in memory; then the agent.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
while read -r module; do insmod "/modules/$module" 2>/dev/null || echo "module $module does not load"; done </modules/order
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144,cache=loose,ro host /host || echo 'no host root'
mount -t tmpfs memory /memory
mkdir /memory/upper /memory/work
mount -t overlay -o lowerdir=/host,upperdir=/memory/upper,workdir=/memory/work overlay /root || echo 'no overlay'
mount -t proc proc /root/proc
mount -t sysfs sys /root/sys
mount -t devtmpfs dev /root/dev
mkdir -p /dev/pts && mount -t devpts pts /dev/pts
mount -t tmpfs tmp /root/tmp
mount -t tmpfs run /root/run
# The checkout may lie where a file system of the guest's own stands, such as /tmp: it is mounted at its path again.
checkout=$(sed 's/.*checkout=\([^ ]*\).*/\1/' /proc/cmdline)
mkdir -p /checkout /memory/checkout /memory/checkout-work "/root$checkout"
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144,cache=loose,ro checkout /checkout || echo 'no checkout'
mount -t overlay -o lowerdir=/checkout,upperdir=/memory/checkout,workdir=/memory/checkout-work overlay "/root$checkout" ||
  echo 'no overlay of the checkout'
ifconfig lo 127.0.0.1 up
ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
route add default gw 10.0.2.2
# Processes that outlive their parents are buried by busybox’s init.
mkdir -p /etc && echo '::once:/agent' >/etc/inittab
exec /bin/init
