import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Flow } from '../../cli/flow/flow';
import type { ParkedRow } from '../../lib/audit/event-row';
import { findChromium } from '../../sandbox/n8n/chromium';
import { errorText } from '../../sandbox/n8n/executions';
import { Editor } from '../../sandbox/n8n/editor';
import { NewUser } from '../../sandbox/n8n/new-user';
import { projectRoot } from '../../sandbox/n8n/project-files';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import { adminCall } from '../../sandbox/start/admin-call';
import type { GpBookDocument } from '../../sandbox/start/books';
import type { Session } from '../../sandbox/start/session';
import { readBooks } from '../../sandbox/start/sync-run';
import {
	groupsOf,
	openSession,
	routeCounts,
	stopClock,
	syncedDirectCosts,
	waitUntil,
} from './support';

const chromium = findChromium();
if (chromium === null)
	console.warn('SKIPPED: no Chromium is installed and none could be, so nobody has a first hour.');

const LOGIN = { user: 'accounting', password: 'a long password of mine' };
/** From import to published; looking and opening pages are none. */
const MOST_ACTIONS = 20;
/** FIRST_HOUR_PICTURES=docs/images takes the pictures of the documentation, from company one. */
const PICTURES = process.env.FIRST_HOUR_PICTURES;

/** FIRST_HOUR=two: with one company only. */
const COMPANIES = (['one', 'two'] as const).filter((company) =>
	(process.env.FIRST_HOUR ?? 'one,two').split(',').includes(company),
);

(chromium === null ? describe.skip : describe).each(COMPANIES)(
	'the first hour with company %s, on a fresh n8n',
	(company) => {
		let session: Session;
		let editor: Editor;
		let user: NewUser;
		let visitor: Page;
		let end: () => Promise<void> = async () => {};
		const addresses: Record<string, string> = {};
		const seen = new Set<string>();

		beforeAll(async () => {
			({ session, end } = await openSession({
				...{ company, vendors: 15, documents: 60, install: false },
			}));
			const { n8n } = session;
			// Nothing is there but the package: no credential, no workflow, no table.
			for (const { id } of await n8n.workflows.credentials())
				await n8n.client.rest('DELETE', `/rest/credentials/${id}`);
			editor = await Editor.open(n8n.url, chromium!, { width: 1180, height: 720 });
			user = new NewUser(editor, take(company));
			visitor = await editor.visitor(LOGIN, { width: 900, height: 760 });
		}, 300_000);

		afterAll(async () => {
			await editor?.close();
			await end();
		});

		// What went wrong behind a form stands in its execution only.
		afterEach(async () => {
			const failed = await session.n8n.executions.list({ status: 'error', includeData: true });
			for (const execution of failed.filter(({ id }) => !seen.has(id))) {
				seen.add(execution.id);
				console.error(`Execution ${execution.id} failed: ${errorText(execution)}`);
			}
		});

		const files = (name: string) =>
			path.join(projectRoot, 'workflows', `gp-to-procore-${name}.json`);

		it('makes three credentials, and is told at once when the secret is wrong', async () => {
			const { gp, procore } = session;
			expect(
				await user.createCredential('page', { type: 'Basic Auth', fill: { ...LOGIN } }),
			).not.toContain('Couldn’t');
			await user.closeCredential();
			const said = await user.createCredential('gp', {
				type: 'Dynamics GP API',
				fill: {
					serviceAddress: gp.url,
					company: session.company.displayName,
					companyId: session.company.databaseId,
					...SANDBOX_ACCOUNT,
				},
			});
			expect(said).not.toContain('Couldn’t');
			await user.closeCredential();
			const wrong = await user.createCredential('procore', {
				type: 'Procore OAuth2 API',
				choose: { environment: 'Custom Addresses' },
				fill: {
					clientId: procore.clientId,
					clientSecret: 'not the secret',
					loginAddress: procore.url,
					apiAddress: procore.url,
					companyId: procore.companyId,
				},
			});
			expect(wrong).toContain('Couldn’t connect with these settings');
			await take(company)('credential-procore-wrong', editor.page);
			await user.fillCredential({ clientSecret: procore.clientSecret });
			expect(await user.saveCredential('Mend the secret and save')).not.toContain('Couldn’t');
			await user.closeCredential();
			expect(await session.n8n.workflows.credentials()).toHaveLength(3);
		});

		it('imports setup, publishes it, and has both connections checked', async () => {
			await user.importFile('setup', files('setup'));
			expect(await editor.redMarks()).toEqual([]);
			for (const node of ['Suggest rows', 'Preview lines', 'Check connections'])
				await user.chooseCredential(node, 'Dynamics GP');
			await user.chooseCredential('Check connections', 'Procore');
			await user.publish('setup');
			for (const node of ['Check both connections', 'Set up with options', 'Preview documents'])
				addresses[node] = await user.formAddress(node);
			await user.sendForm('check', visitor, addresses['Check both connections']!);
			await user.press('check', visitor, 'Check');
			const page = await visitor.innerText('body');
			expect(page).toContain('Both connections work');
			expect(page).toContain('since March 2026');
			expect(page).not.toContain('✗');
		});

		it('has setup look for the mapping, and accepts what it found', async () => {
			await user.sendForm('setup', visitor, addresses['Set up with options']!, {
				choose: [
					'What is written the same but for legal form, abbreviation and punctuation (97 %)',
				],
				fill: { 'input[type=date]': '2025-01-01' },
			});
			await user.press('setup', visitor, 'Set up');
			const found = await visitor.innerText('body');
			expect(found).toMatch(/The job stands in/);
			expect(found).toMatch(/% of [\d,]+ lines/);
			await user.press('setup', visitor, 'Accept');
			expect(await visitor.innerText('body')).toContain('Accepted');
		});

		it('imports the sync and publishes it: twenty actions at most, and no pattern typed', async () => {
			const id = await user.importFile('sync', files('sync'));
			expect(await editor.redMarks()).toEqual([]);
			await user.chooseCredential('Open run', 'Dynamics GP');
			await user.publish('sync');
			const imported = (await session.n8n.workflows.get(id)) as unknown as Flow;
			const template = JSON.parse(readFileSync(files('sync'), 'utf8')) as Flow;
			expect(groupsOf(imported)).toEqual(groupsOf(template));
			expect(user.actions.length).toBeLessThanOrEqual(MOST_ACTIONS);
			expect(user.typed.filter((text) => /[\\^$*+?()[\]{}|]/.test(text))).toEqual([]);
			console.log(
				`company ${company}: ${user.actions.length} actions (${user.clicks} clicks and fields)\n${user.actions.map((one, index) => `${index + 1}. ${one}`).join('\n')}`,
			);
			addresses['Run with options'] = await user.formAddress('Run with options');
			Object.assign(session, { workflowId: id });
			// At the full hour a run of its own would come between.
			await stopClock(session);
		});

		it('sees on a page what a run would do, before anything is written', async () => {
			await user.sendForm('run', visitor, addresses['Run with options']!, {
				choose: ['Yes, only show what would happen'],
			});
			await user.press('run', visitor, 'Start');
			const page = await visitor.innerText('body');
			expect(page).toMatch(/Dry run of GP company .*: \d+ records would be written/);
			expect(page).toContain('Nothing was written to Procore');
			expect(page).toMatch(/Payables invoices: \d+ read; would be \d+ created/);
			expect(page).toMatch(/differences:/);
			expect(await visitor.locator('a', { hasText: 'The execution in n8n' }).count()).toBe(1);
			expect(await syncedDirectCosts(session)).toEqual([]);
			expect(
				Object.keys(await routeCounts(session)).filter((one) => /^(PATCH|PUT|DELETE)/.test(one)),
			).toEqual([]);
		});

		it('goes live: every cost line is placed or waits for a stated cause, unexplained 0.00', async () => {
			await user.sendForm('run', visitor, addresses['Run with options']!, {
				choose: ['No, write to Procore'],
			});
			await user.press('run', visitor, 'Start');
			const page = await visitor.innerText('body');
			expect(page).toMatch(/^Run of GP company/m);
			const { tables } = session.n8n;
			await waitUntil('the end of the run', async () =>
				(await tables.rows<{ status: string }>('gpp_run')).every(
					({ status }) => status !== 'running',
				),
			);
			const books = await readBooks(session);
			expect(books).toMatchObject({ unexplained: '0.00', suspects: [] });
			const waiting = await tables.rows<ParkedRow>('gpp_parked');
			for (const { message, remedy, reason_code } of waiting) {
				expect(reason_code).not.toBe('');
				expect(message.length * remedy.length).toBeGreaterThan(0);
			}
			const documents = await adminCall<GpBookDocument[]>(session.gp.adminUrl, 'GET', '/documents');
			const events = await tables.rows<{ gp_key: string; dry_run: boolean; outcome: string }>(
				'gpp_event',
				{ entity: 'payable' },
			);
			const told = new Set(events.filter(({ dry_run }) => !dry_run).map(({ gp_key }) => gp_key));
			expect(
				documents
					.map(({ documentType, voucher }) => `${documentType};${voucher}`)
					.filter((key) => !told.has(key)),
			).toEqual([]);
			expect((await syncedDirectCosts(session)).length).toBeGreaterThan(20);
			console.log(
				`company ${company}: ${(await syncedDirectCosts(session)).length} direct costs, ${waiting.length} wait (${[...new Set(waiting.map(({ reason_code }) => reason_code))].join(', ')}), unexplained ${books.unexplained}`,
			);
		});
	},
);

/** Pictures only where they are asked for, and of the first company. */
function take(company: string): (name: string, page: Page) => Promise<void> {
	if (!PICTURES || company !== 'one') return async () => {};
	const folder = path.resolve(projectRoot, PICTURES);
	mkdirSync(folder, { recursive: true });
	return async (name, page) => {
		await page.screenshot({ path: path.join(folder, `first-hour-${name}.png`) });
	};
}
