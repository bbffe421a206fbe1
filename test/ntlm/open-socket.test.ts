import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import {
	Deadline,
	exchangeError,
	openSocket,
	SharedSignals,
} from '../../lib/ntlm/connection/open-socket';

const ADDRESS = 'https://gp.contoso.com/gp';
const coded = (code: string, more: object = {}) =>
	Object.assign(new Error(code), { code, ...more });
const open = () => new AbortController().signal;
const deadline = (stop?: AbortSignal, timeoutMs = 60_000, signals = new SharedSignals()) =>
	new Deadline(ADDRESS, timeoutMs, signals, stop, open());

describe('while a connection is made', () => {
	afterEach(() => jest.restoreAllMocks());

	/** The error that is told when the system names this one. */
	const told = (error: Error, protocol: 'http' | 'https' = 'https') => {
		const socket = new net.Socket();
		jest.spyOn(net, 'connect').mockReturnValue(socket);
		jest.spyOn(tls, 'connect').mockReturnValue(socket as tls.TLSSocket);
		setImmediate(() => socket.emit('error', error));
		const url = new URL(`${protocol}://gp.contoso.com/gp`);
		return openSocket(url, undefined, true, 60_000, deadline()).then(
			() => 'open',
			(reason: unknown) => reason,
		);
	};

	test.each([
		['ENOTFOUND', 'host-not-found', false],
		['EAI_NODATA', 'host-not-found', false],
		['EAI_AGAIN', 'host-not-found', true],
		['ECONNREFUSED', 'connection-refused', true],
		['EHOSTUNREACH', 'connection-failed', true],
		['ETIMEDOUT', 'connection-failed', true],
		['SELF_SIGNED_CERT_IN_CHAIN', 'tls-unknown-authority', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-unknown-authority', false],
		['CERT_HAS_EXPIRED', 'tls-certificate-expired', false],
		['CERT_NOT_YET_VALID', 'tls-certificate-expired', false],
		['CERT_REVOKED', 'tls-certificate-invalid', false],
		['INVALID_PURPOSE', 'tls-certificate-invalid', false],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol', false],
		['ERR_TLS_INVALID_PROTOCOL_VERSION', 'tls-protocol', false],
		['EPROTO', 'tls-protocol', false],
		['ECONNRESET', 'tls-protocol', false],
	])('%s is told as %s, worth another try: %p', async (code, expected, retryable) => {
		expect(await told(coded(code))).toMatchObject({ code: expected, retryable });
	});

	test('a reset without TLS is the network, not the greeting', async () => {
		expect(await told(coded('ECONNRESET'), 'http')).toMatchObject({ code: 'connection-failed' });
	});

	test.each([
		[{ subjectaltname: 'DNS:a.example', subject: { CN: 'b.example' } }, 'DNS:a.example'],
		[{ subject: { CN: 'b.example' } }, 'b.example'],
		[{}, ''],
		[undefined, ''],
	])('a certificate for other names tells which: %j', async (cert, names) => {
		const error = coded('ERR_TLS_CERT_ALTNAME_INVALID', { cert });
		expect(await told(error)).toMatchObject({
			code: 'tls-name-mismatch',
			details: { certificateNames: names },
		});
	});

	test('of several addresses of a name the first error counts', async () => {
		const all = new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]);
		expect(await told(all, 'http')).toMatchObject({ code: 'connection-refused' });
		expect(await told(new AggregateError([]), 'http')).toMatchObject({
			code: 'connection-failed',
			message: expect.stringContaining('unknown'),
		});
	});

	test.each([
		['http://gp.contoso.com/', { host: 'gp.contoso.com', port: 80 }],
		['http://gp.contoso.com:48620/', { host: 'gp.contoso.com', port: 48620 }],
		[
			'https://gp.contoso.com/',
			{ host: 'gp.contoso.com', port: 443, servername: 'gp.contoso.com' },
		],
		['https://10.0.0.7:8443/', { host: '10.0.0.7', port: 8443 }],
		['https://[::1]/', { host: '::1', port: 443 }],
	])('%s leads to its host and port; only a name is told to the server', async (url, expected) => {
		const socket = new net.Socket();
		const plain = jest.spyOn(net, 'connect').mockReturnValue(socket);
		const secure = jest.spyOn(tls, 'connect').mockReturnValue(socket as tls.TLSSocket);
		const opening = openSocket(new URL(url), undefined, true, 60_000, deadline());
		const [[given]] = [...plain.mock.calls, ...secure.mock.calls] as unknown as [[object]];
		socket.emit(url.startsWith('https') ? 'secureConnect' : 'connect');
		expect(await opening).toBe(socket);
		expect(given).toMatchObject(expected);
		expect('servername' in given).toBe('servername' in expected);
	});

	/** Both addresses of a name, while this process is busy for longer than Node gives one of them. */
	test('a server that answers late is not given up for another address of its name', async () => {
		const server = net.createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as net.AddressInfo;
		const addresses = ['127.0.0.1', '127.0.0.3'].map((address) => ({ address, family: 4 }));
		jest.spyOn(dns, 'lookup').mockImplementation(((
			_name: string,
			_options: object,
			found: (error: null, addresses: object[]) => void,
		) => {
			setImmediate(() => {
				found(null, addresses);
				const end = Date.now() + 400;
				while (Date.now() < end);
			});
		}) as unknown as typeof dns.lookup);
		try {
			const url = new URL(`http://gp.contoso.com:${port}/`);
			const socket = await openSocket(url, undefined, true, 15_000, deadline());
			expect(socket.remoteAddress).toBe('127.0.0.1');
			socket.destroy();
		} finally {
			server.close();
		}
	});

	test.each([
		[15_000, 2_000],
		[300, 100],
	])('of %d ms one address takes at most %d', async (timeout, most) => {
		const socket = new net.Socket();
		const plain = jest.spyOn(net, 'connect').mockReturnValue(socket);
		const url = new URL('http://gp.contoso.com/');
		const opening = openSocket(url, undefined, true, timeout, deadline());
		socket.emit('connect');
		await opening;
		expect(plain.mock.calls[0]![0]).toMatchObject({ autoSelectFamilyAttemptTimeout: most });
	});
});

test.each([
	[coded('HPE_INVALID_CONSTANT'), 'response-malformed'],
	[coded('HPE_INVALID_EOF_STATE'), 'connection-lost'],
	[coded('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), 'tls-protocol'],
	[coded('ECONNRESET'), 'connection-lost'],
	[coded('X_HPE_'), 'connection-lost'],
	[new AggregateError([coded('HPE_INVALID_VERSION')]), 'response-malformed'],
	[undefined, 'connection-lost'],
	[new Error('without a code'), 'connection-lost'],
])('on a connection that stands, %s is told as %s', (error, expected) => {
	expect(exchangeError(error, ADDRESS)).toMatchObject({ code: expected });
});

describe('the end of a request before its time', () => {
	test('by the stop button, now or earlier', () => {
		const stop = new AbortController();
		const under = deadline(stop.signal);
		expect(() => under.throwIfOver()).not.toThrow();
		const heard: string[] = [];
		under.onOver((reason) => heard.push((reason as Error & { code: string }).code));
		stop.abort();
		expect(heard).toEqual(['request-aborted']);
		expect(() => under.throwIfOver()).toThrow(/was stopped/);
		// Who asks later hears at once.
		under.onOver((reason) => heard.push((reason as Error & { code: string }).code));
		expect(heard).toHaveLength(2);
		expect(() => deadline(AbortSignal.abort()).throwIfOver()).toThrow(/was stopped/);
	});

	test('is not told to who listens no more', () => {
		const stop = new AbortController();
		const under = deadline(stop.signal);
		const heard = jest.fn();
		under.onOver(heard)();
		stop.abort();
		expect(heard).not.toHaveBeenCalled();
	});

	test('comes to nobody whose request is over', () => {
		const stop = new AbortController();
		const under = deadline(stop.signal);
		under.dispose();
		stop.abort();
		expect(() => under.throwIfOver()).not.toThrow();
	});
});

describe('many requests under one stop button', () => {
	test('share one listener, which goes with the last of them', () => {
		const stop = new AbortController();
		const added = jest.spyOn(stop.signal, 'addEventListener');
		const removed = jest.spyOn(stop.signal, 'removeEventListener');
		const signals = new SharedSignals();
		const heard: number[] = [];
		const leave = [1, 2, 3].map((number) =>
			signals.subscribe(stop.signal, () => heard.push(number)),
		);
		expect(added).toHaveBeenCalledTimes(1);
		leave[0]();
		leave[1]();
		expect(removed).not.toHaveBeenCalled();
		leave[2]();
		expect(removed).toHaveBeenCalledTimes(1);
		// The next request listens anew; one that left twice does not take its listener away.
		signals.subscribe(stop.signal, () => heard.push(4));
		leave[2]();
		stop.abort();
		expect(heard).toEqual([4]);
	});

	test('all hear of it once', () => {
		const stop = new AbortController();
		const signals = new SharedSignals();
		const heard: number[] = [];
		for (const number of [1, 2]) signals.subscribe(stop.signal, () => heard.push(number));
		stop.abort();
		signals.subscribe(stop.signal, () => heard.push(3))();
		expect(heard).toEqual([1, 2, 3]);
	});
});
