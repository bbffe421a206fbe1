import { createNegotiateMessage } from '../../lib/ntlm/messages/messages';
import { readType3 } from '../ntlm/helpers/reference-ntlm';
import { validType3 } from './helpers/crafted-type3';
import { describeWithPeer } from './helpers/peer-programs';
import { ACCOUNT, UMLAUT_ACCOUNT } from './helpers/running-peer';
import { sambaVerdict } from './helpers/samba-peer';

describeWithPeer("Samba's ntlm_auth", ['ntlm_auth'], () => {
	const type1 = createNegotiateMessage();

	test.each([
		['a plain account', ACCOUNT],
		['names and password beyond ASCII', UMLAUT_ACCOUNT],
		['no domain', { ...ACCOUNT, domain: '' }],
		['a user principal name', { ...ACCOUNT, domain: '', user: 'gpsvc@contoso.com' }],
		['an empty password', { ...ACCOUNT, password: '' }],
	])('accepts %s, by NTLMv2', async (_, account) => {
		const verdict = await sambaVerdict(account, type1, (type2) => {
			const message = validType3(account, type1, type2);
			// Samba takes NTLMv1 too, so that it was NTLMv2 must be seen in the message.
			expect(readType3(message).nt.length).toBeGreaterThan(24);
			return message;
		});
		expect(verdict).toMatch(/^AF /);
	});

	test('refuses a wrong password', async () => {
		const verdict = await sambaVerdict(ACCOUNT, type1, (type2) =>
			validType3({ ...ACCOUNT, password: 'wrong' }, type1, type2),
		);
		expect(verdict).toContain('NT_STATUS_LOGON_FAILURE');
	});

	test('refuses a corrupted message integrity code', async () => {
		const verdict = await sambaVerdict(ACCOUNT, type1, (type2) => {
			const message = validType3(ACCOUNT, type1, type2);
			message[80] ^= 0x40;
			return message;
		});
		expect(verdict).toContain('NT_STATUS_INVALID_PARAMETER');
	});

	test('refuses a Type 1 that was changed on the way', async () => {
		const verdict = await sambaVerdict(ACCOUNT, type1, (type2) => {
			const changed = Buffer.from(type1);
			changed[32] ^= 1;
			return validType3(ACCOUNT, changed, type2);
		});
		expect(verdict).toContain('NT_STATUS_INVALID_PARAMETER');
	});
});
