import { digestOf } from '../../lib/alerts/table-findings';
import type { AlertRow } from '../../lib/alerts/alerts';
import { alert } from './samples';

const CANARIES = {
	script: '<script>alert(1)</script>',
	attribute: '" onmouseover="alert(2)',
	mention: '<!channel> & <@U1>',
	secret: 'client_secret=hunter2-hunter2',
	token: 'Authorization: Bearer abcdefgh12345678901234',
	taxId: 'tax_id: 12-3456789',
	header: 'line\r\nBcc: everybody@example.com',
	reversed: '\u202Egnp.exe',
};
const all = Object.values(CANARIES).join(' ');
const poisoned = (given: Partial<AlertRow> = {}) =>
	alert({ subject: all, message: all, remedy: all, gp_company: all, ...given });

describe('a message', () => {
	test('says what happened, what to do and where to look, in every channel', () => {
		const digest = digestOf({ raised: [alert()], repeated: [], cleared: [] })!;
		for (const text of [digest.text, digest.html, digest.slack]) {
			expect(text).toContain('The sync failed (TWO)');
			expect(text).toContain('GP did not answer');
			expect(text).toContain('Start GP');
			expect(text).toContain('http://localhost:5678/workflow/gpp-sync/executions/40');
		}
		expect(digest.subject).toBe('GP to Procore: The sync failed (TWO)');
	});

	test('holds everything that is due, problems first, and what is over last', () => {
		const warning = alert({ severity: 'warning', subject: 'Many wait' });
		const digest = digestOf({
			raised: [warning],
			repeated: [alert()],
			cleared: [alert({ subject: 'A login was refused' })],
		})!;
		expect(digest.text.split('\n\n').map((part) => part.split('\n')[0])).toEqual([
			'Still: The sync failed (TWO)',
			'Many wait (TWO)',
			'Resolved: A login was refused (TWO)',
		]);
		expect(digest.subject).toBe('GP to Procore: Still: The sync failed (TWO) (and 1 more)');
	});

	test('is not sent when nothing is due, nor for the end of what nobody was told', () => {
		expect(digestOf({ raised: [], repeated: [], cleared: [] })).toBeNull();
		expect(
			digestOf({ raised: [], repeated: [], cleared: [alert({ notified_at: '' })] }),
		).toBeNull();
	});

	test('lets nothing from the tables act in any channel', () => {
		const digest = digestOf({ raised: [poisoned()], repeated: [], cleared: [poisoned()] })!;
		expect(digest.html).not.toMatch(/<script|<!channel|<@|" onmouseover/);
		expect(digest.html).toContain('&lt;script&gt;');
		expect(digest.slack).not.toMatch(/<script|<!channel|<@/);
		for (const text of Object.values(digest)) {
			expect(text).not.toMatch(/hunter2|abcdefgh1234|12-3456789/);
			expect(text).not.toMatch(/[\r\u202E]/);
		}
		expect(digest.subject).not.toMatch(/\n/);
		expect(digest.subject.length).toBeLessThanOrEqual(150);
	});

	test.each(['javascript:alert(1)', 'http://n8n/"><script>', 'http://n8n/x|y', ''])(
		'makes no link of %p',
		(link) => {
			const digest = digestOf({ raised: [alert({ link })], repeated: [], cleared: [] })!;
			expect(Object.values(digest).join()).not.toContain('Open in n8n');
		},
	);
});
