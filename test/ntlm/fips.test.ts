import crypto from 'node:crypto';
import { ntowfV2 } from '../../lib/ntlm/messages/ntlmv2';
import { CryptographyUnavailableError } from '../../lib/ntlm/errors/login-errors';
import { startNtlmServer } from './helpers/ntlm-server';
import { failureOf, withClient } from './helpers/with-client';

/** What OpenSSL throws for a digest its FIPS provider does not have. */
function unsupported(): never {
	throw Object.assign(new Error('error:0308010C:digital envelope routines::unsupported'), {
		code: 'ERR_OSSL_EVP_UNSUPPORTED',
	});
}

describe('without the digests NTLM is made of', () => {
	afterEach(() => jest.restoreAllMocks());

	test('MD4 missing from OpenSSL 3 does not matter', () => {
		jest.spyOn(crypto, 'createHash').mockImplementation(unsupported);
		expect(ntowfV2({ user: 'User', domain: 'Domain' }, 'Password').toString('hex')).toBe(
			'0c868a403bfd7a93a3001ef22ef02e3f',
		);
	});

	test('HMAC-MD5 refused in FIPS mode is said in plain words, and no login is sent', async () => {
		jest.spyOn(crypto, 'createHmac').mockImplementation(unsupported);
		const server = await startNtlmServer();
		try {
			await withClient({}, async (client) => {
				const error = await failureOf(client.request({ method: 'GET', url: server.url }));
				expect(error).toBeInstanceOf(CryptographyUnavailableError);
				expect(error).toMatchObject({ code: 'cryptography-unavailable', scope: 'configuration' });
				expect(error.remedy).toContain('FIPS');
			});
			expect(server.type3).toHaveLength(0);
		} finally {
			await server.close();
		}
	});

	test('a site that wants no Windows login is still served', async () => {
		jest.spyOn(crypto, 'createHmac').mockImplementation(unsupported);
		const server = await startNtlmServer({ open: () => true });
		try {
			const answer = await withClient({}, (client) =>
				client.request({ method: 'GET', url: server.url }),
			);
			expect(answer.status).toBe(200);
		} finally {
			await server.close();
		}
	});
});
