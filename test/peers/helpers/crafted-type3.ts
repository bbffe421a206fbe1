import { randomBytes } from 'node:crypto';
import {
	createAuthenticateMessage,
	parseChallengeMessage,
} from '../../../lib/ntlm/messages/messages';
import { ntowfV2 } from '../../../lib/ntlm/messages/ntlmv2';

/** A Type 3 as the client makes it, for tests that then change a byte of it. */
export function validType3(
	account: { domain: string; user: string; password: string },
	type1: Buffer,
	type2: Buffer,
	channelBinding?: Buffer,
): Buffer {
	return createAuthenticateMessage({
		account,
		key: ntowfV2(account, account.password),
		workstation: 'N8N',
		negotiateMessage: type1,
		challenge: parseChallengeMessage(type2),
		clientChallenge: randomBytes(8),
		targetName: 'HTTP/localhost',
		...(channelBinding === undefined ? {} : { channelBinding }),
		now: Date.now(),
	});
}
