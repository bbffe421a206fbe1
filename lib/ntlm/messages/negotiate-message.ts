import { OFFERED_FLAGS, SIGNATURE, VERSION } from './negotiate-flags';

/**
 * NEGOTIATE_MESSAGE ("Type 1"), MS-NLMP 2.2.1.1. Always 40 bytes: gss-ntlmssp refuses shorter ones.
 * Domain and workstation stay empty, so an unproven server learns nothing about the account.
 */
export function createNegotiateMessage(): Buffer {
	const message = Buffer.alloc(40);
	SIGNATURE.copy(message, 0);
	message.writeUInt32LE(1, 8);
	message.writeUInt32LE(OFFERED_FLAGS, 12);
	message.writeUInt32LE(40, 20);
	message.writeUInt32LE(40, 28);
	VERSION.copy(message, 32);
	return message;
}
