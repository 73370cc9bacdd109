import { ST_LINK_PRODUCTS, ST_VENDOR_ID } from '@boardwalk/probe';

/** Before 73, where systemd's rules act on the uaccess tag. */
export const RULE_FILE = '/etc/udev/rules.d/70-boardwalk.rules';

/** Lets whoever sits at this machine, and the group plugdev, open every ST-LINK that the station knows. */
export function udevRule(): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const lines = [...ST_LINK_PRODUCTS.values()].map(
    ({ productId, model }) =>
      `# ${model}\nSUBSYSTEM=="usb", ATTR{idVendor}=="${hex(ST_VENDOR_ID)}", ATTR{idProduct}=="${hex(productId)}", MODE="0660", GROUP="plugdev", TAG+="uaccess"`,
  );
  return `# ST-LINK probes for Boardwalk; written by: boardwalk doctor --udev\n${lines.join('\n')}\n`;
}

/** One line that puts the rule in place and applies it to what is plugged in. */
export const INSTALL_RULE = `npx boardwalk doctor --udev | sudo tee ${RULE_FILE} && sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb`;
