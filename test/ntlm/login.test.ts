import {
	afterUnexpectedChallenge,
	openingMove,
	type OriginKnowledge,
} from '../../lib/ntlm/challenge-schemes';
import {
	basicUser,
	LoginGate,
	prepareWindowsLogin,
	provesLogin,
	requireUser,
} from '../../lib/ntlm/login';
import { Deadline, SharedSignals } from '../../lib/ntlm/connection/open-socket';

const deadline = () =>
	new Deadline(
		'http://gp.contoso.com',
		60_000,
		new SharedSignals(),
		undefined,
		new AbortController().signal,
	);
/** What became of a promise so far. */
const stateOf = async (promise: Promise<unknown>) => {
	const waits = new Promise((resolve) => setImmediate(() => resolve('waits')));
	return await Promise.race([
		promise.then(
			() => 'let in',
			(error: { code?: string }) => error.code,
		),
		waits,
	]);
};

describe('whether an answer shows that the login was taken', () => {
	test.each([200, 302, 304, 404, 409, 499])('%i does', (status) => {
		expect(provesLogin({ status, headers: {} })).toBe(true);
	});
	test.each([400, 408, 429, 500, 501, 502, 503])('%i does not', (status) => {
		expect(provesLogin({ status, headers: {} })).toBe(false);
	});
	test.each([
		['text/xml', true],
		[' TEXT/XML; charset=utf-8', true],
		['application/soap+xml;charset=utf-8', true],
		['text/xmlish', false],
		['text/html', false],
		['text/html, text/xml', false],
	])('500 with %s: %p', (type, expected) => {
		expect(provesLogin({ status: 500, headers: { 'content-type': type } })).toBe(expected);
	});
	test('of the other 5xx the type says nothing: a gateway may send anything', () => {
		expect(provesLogin({ status: 502, headers: { 'content-type': 'text/xml' } })).toBe(false);
	});
});

describe('the first message on a connection', () => {
	const lasts = ['unknown', 'connection', 'request'] as const;
	test.each(lasts)('while nothing is known: the request, or a probe before a body (%s)', (its) => {
		expect(openingMove({ lasts: its }, false, false)).toBe('plain');
		expect(openingMove({ lasts: its }, false, true)).toBe('probe');
	});
	test.each(lasts)('Basic goes with every request (%s)', (its) => {
		for (const [authenticated, body] of [
			[true, false],
			[false, true],
		])
			expect(openingMove({ scheme: 'Basic', lasts: its }, authenticated, body)).toBe('basic');
	});
	test.each([
		['unknown', true, false, 'plain'],
		['connection', true, false, 'plain'],
		['request', true, false, 'handshake'],
		['connection', false, false, 'handshake'],
		['connection', true, true, 'handshake'],
	] as const)(
		'where a login lasts: %s, logged in: %p, with a body: %p: %s',
		(its, authenticated, body, move) => {
			expect(openingMove({ scheme: 'NTLM', lasts: its }, authenticated, body)).toBe(move);
		},
	);
});

test.each([
	['unknown', 'handshake-here', 'unknown'],
	['request', 'handshake-here', 'request'],
	['connection', 'fresh-connection', 'unknown'],
] as const)('asked for a login anew where it lasts: %s: %s', (lasts, way, after) => {
	const knowledge: OriginKnowledge = { lasts };
	expect(afterUnexpectedChallenge(knowledge)).toBe(way);
	expect(knowledge.lasts).toBe(after);
});

describe('the gate, until the login was accepted once', () => {
	test('lets one in at a time, the others in turn', async () => {
		const gate = new LoginGate();
		const leave = await gate.enter(deadline());
		const second = gate.enter(deadline());
		expect(await stateOf(second)).toBe('waits');
		leave();
		expect(await stateOf(second)).toBe('let in');
		const third = gate.enter(deadline());
		expect(await stateOf(third)).toBe('waits');
		(await second)();
		expect(await stateOf(third)).toBe('let in');
	});

	test('lets in all who wait when it is accepted, and everybody after them', async () => {
		const gate = new LoginGate();
		await gate.enter(deadline());
		const waiting = [gate.enter(deadline()), gate.enter(deadline())];
		expect(gate.accepted).toBe(false);
		gate.accept();
		for (const one of waiting) expect(await stateOf(one)).toBe('let in');
		expect(await stateOf(gate.enter(deadline()))).toBe('let in');
		expect(gate.accepted).toBe(true);
	});

	test('sends away all who wait when it is refused, and everybody after them', async () => {
		const gate = new LoginGate();
		await gate.enter(deadline());
		const waiting = gate.enter(deadline());
		gate.reject(Object.assign(new Error('no'), { code: 'windows-login-rejected' }) as never);
		expect(await stateOf(waiting)).toBe('windows-login-rejected');
		expect(await stateOf(gate.enter(deadline()))).toBe('windows-login-rejected');
	});

	test('sends away those who waited behind a login without a verdict; who comes later may try', async () => {
		const gate = new LoginGate();
		const leave = await gate.enter(deadline());
		const waiting = gate.enter(deadline());
		gate.noAnswer('no whole answer');
		leave();
		await expect(waiting).rejects.toMatchObject({
			code: 'windows-login-interrupted',
			retryable: true,
		});
		const again = await gate.enter(deadline());
		const behind = gate.enter(deadline());
		// This attempt got as far as no login at all.
		again();
		expect(await stateOf(behind)).toBe('let in');
	});

	test('who gives up waiting leaves the line', async () => {
		const gate = new LoginGate();
		const leave = await gate.enter(deadline());
		const stop = new AbortController();
		const signals = new SharedSignals();
		const closed = new AbortController().signal;
		const waiting = gate.enter(
			new Deadline('http://gp.contoso.com', 60_000, signals, stop.signal, closed),
		);
		stop.abort();
		expect(await stateOf(waiting)).toBe('request-aborted');
		leave();
		expect(await stateOf(gate.enter(deadline()))).toBe('let in');
	});
});

describe('a login that got no verdict', () => {
	const spent = (gate: LoginGate) => {
		try {
			gate.throwIfSpent('http://gp.contoso.com');
		} catch (error) {
			return error as { code: string; retryable: boolean; message: string };
		}
		return undefined;
	};

	test('may be sent twice, and not a third time', () => {
		const gate = new LoginGate();
		gate.noAnswer('status 503');
		expect([gate.mayTryAgain, spent(gate)]).toEqual([true, undefined]);
		gate.noAnswer('status 502');
		expect(gate.mayTryAgain).toBe(false);
		expect(spent(gate)).toMatchObject({
			code: 'windows-login-interrupted',
			retryable: false,
			message: expect.stringContaining('status 502'),
		});
	});

	test('with a 400 is borne ten times: the query may be at fault', () => {
		const gate = new LoginGate();
		for (let count = 0; count < 9; count += 1) gate.noVerdict();
		expect(gate.mayTryAgain).toBe(true);
		gate.noVerdict();
		expect(gate.mayTryAgain).toBe(false);
		expect(spent(gate)?.message).toContain('status 400');
	});

	test('may be sent as often as needed once it was accepted', () => {
		const gate = new LoginGate();
		gate.accept();
		for (let count = 0; count < 20; count += 1) {
			gate.noAnswer('status 503');
			gate.noVerdict();
		}
		expect([gate.mayTryAgain, spent(gate)]).toEqual([true, undefined]);
	});
});

describe('the account', () => {
	const windows = (user: string, domain?: string, workstation?: string) =>
		prepareWindowsLogin({ kind: 'windows', user, domain, password: 'Password', workstation });

	test('is shown with its domain, or alone where it has none', () => {
		expect(windows('gpsvc', 'CONTOSO').displayName).toBe('CONTOSO\\gpsvc');
		expect(windows('gpsvc@contoso.com', 'CONTOSO').displayName).toBe('gpsvc@contoso.com');
		expect(basicUser('gpsvc', 'CONTOSO')).toBe('CONTOSO\\gpsvc');
		expect(basicUser('gpsvc', undefined)).toBe('gpsvc');
	});

	test('has a workstation only where one is given, and one key however often it is asked for', () => {
		expect(windows('gpsvc').workstation).toBe('');
		const login = windows('User', 'Domain', 'N8N');
		expect(login.workstation).toBe('N8N');
		expect(login.key().toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
		expect(login.key()).toBe(login.key());
	});

	test('must have a user', () => {
		for (const user of ['', '  \t'])
			expect(() => requireUser(user)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
		expect(() => requireUser(' gpsvc ')).not.toThrow();
	});
});
