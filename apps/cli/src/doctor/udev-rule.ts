import { packagingFile } from './packaging.ts';

/** Before 73, where systemd's rules act on the uaccess tag. */
export const RULE_FILE = '/etc/udev/rules.d/70-boardwalk.rules';

/** Lets the person at this machine, and the group plugdev, open every ST-LINK that the station knows. */
export function udevRule(): string {
  return packagingFile('70-boardwalk.rules');
}

/** One line that puts the rule in place and applies it to what is plugged in. */
export const INSTALL_RULE = `npx boardwalk doctor --udev | sudo tee ${RULE_FILE} && sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb`;
