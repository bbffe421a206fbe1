import { LoginRejectedError } from '../../lib/ntlm/errors/login-errors';
import { LoginGate } from '../../lib/ntlm/login';

const refused = (scheme: 'NTLM' | 'Bearer', acceptedBefore: boolean) =>
	new LoginRejectedError({
		...{ account: 'CONTOSO\\gpsvc', address: 'http://gp.contoso.com', scheme, acceptedBefore },
	});

test('a login that was refused stays refused, whatever is answered to one sent before', () => {
	const gate = new LoginGate();
	const first = refused('NTLM', false);
	expect(gate.reject(first)).toBe(first);
	// An answer that was under way.
	gate.accept();
	expect(gate.accepted).toBe(false);
	expect(() => gate.throwIfRejected()).toThrow(first);
	// The first refusal stays the answer.
	expect(gate.reject(refused('NTLM', true))).toBe(first);
});

test('what to do about a refused login depends on how, and on whether it was good before', () => {
	const first = refused('NTLM', false);
	expect([first.message, first.remedy]).toEqual([
		expect.stringMatching(/refused the login of/),
		expect.stringMatching(/^Check domain, user and password/),
	]);
	expect(refused('NTLM', true).remedy).toMatch(/was changed or the account locked meanwhile/);
	for (const before of [true, false])
		expect(refused('Bearer', before).remedy).toMatch(/^Put a valid access token/);
});

test('a login over TLS that was refused may have been passed on by somebody in between', () => {
	const remedy = (address: string, scheme: 'NTLM' | 'Negotiate' | 'Basic') =>
		new LoginRejectedError({ account: 'CONTOSO\\gpsvc', address, scheme, acceptedBefore: false })
			.remedy;
	expect(remedy('https://gp.contoso.com/gp', 'NTLM')).toMatch(/certificate of its own/);
	expect(remedy('https://gp.contoso.com/gp', 'Negotiate')).toMatch(/Extended Protection/);
	expect(remedy('https://gp.contoso.com/gp', 'Basic')).not.toMatch(/certificate/);
	expect(remedy('http://gp.contoso.com/gp', 'NTLM')).not.toMatch(/certificate/);
});
