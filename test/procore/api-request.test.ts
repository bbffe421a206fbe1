import { rememberSecret } from '../../lib/model/redact';
import { apiList, apiRequest } from '../../lib/procore/resources/api-request';
import { clientOf } from './support/desired';
import { reply } from './support/fake-procore';

const TOKEN = 'Kanarienvogel-0815-singt';

/** What a route may repeat of what it was sent. */
const REPEATED = {
	id: 7,
	amount: 12.5,
	note: `you sent Authorization: Bearer ${TOKEN}, that is ${Buffer.from(`x ${TOKEN}`).toString('base64')}`,
	access_token: TOKEN,
	deep: [{ client_secret: TOKEN, text: `https://me:${TOKEN}@example.com/` }],
};

test('what a free request gives holds no secret, and all else as it was', async () => {
	rememberSecret(TOKEN);
	const client = clientOf(async () => reply(200, REPEATED));
	const one = await apiRequest(client, { method: 'GET', path: '/rest/v1.0/me' });
	expect(one).toMatchObject({ id: 7, amount: 12.5, deep: [{}] });
	const list = clientOf(async () => reply(200, [REPEATED]));
	const rows = await apiList(list, { path: '/rest/v1.0/me' });
	for (const shown of [JSON.stringify(one), JSON.stringify(rows)]) {
		expect(shown).not.toContain('Kanarien');
		expect(shown).not.toContain(Buffer.from(TOKEN).toString('base64').slice(4, 24));
		expect(shown).toContain('you sent');
	}
});

test.each(['/rest/..%2foauth/token', '/rest/v1.0%5C%2E%2e%2Fme', '/rest/%2e%2e/me', '/rest/a/..'])(
	'%s is not sent: a server may read steps upwards in it',
	async (path) => {
		const sent: unknown[] = [];
		const client = clientOf(async (request) => {
			sent.push(request);
			return reply(200, {});
		});
		await expect(apiRequest(client, { method: 'GET', path })).rejects.toMatchObject({
			code: 'procore-input',
		});
		expect(sent).toEqual([]);
	},
);

test('an API address without https:// is told as such', async () => {
	const broken = clientOf(async () => reply(200, {}), { apiBaseUrl: 'api.procore.com' });
	await expect(apiRequest(broken, { method: 'GET', path: '/rest/v1.0/me' })).rejects.toThrow(
		'its address cannot be read',
	);
});
