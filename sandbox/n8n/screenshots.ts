import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isOptional } from '../../cli/flow/flow';
import { readShipped } from '../../cli/shipped/shipped';
import { SANDBOX_PAGE, startSession, type Session } from '../start/session';
import { syncOnce } from '../start/sync-run';
import { findChromium } from './chromium';
import { Editor } from './editor';
import { projectRoot } from './project-files';

const IMAGES = path.join(projectRoot, 'docs', 'images');
/** Pictures travel with every clone. */
const MOST_BYTES = 150_000;

/** `npm run screenshots [-- part of a name]`: the pictures of the documentation, from a real n8n after a real run. */
async function main(): Promise<void> {
	const chromium = findChromium();
	if (chromium === null) {
		console.error('SKIPPED: no Chromium is installed and none could be. Set CHROMIUM_PATH.');
		return;
	}
	mkdirSync(IMAGES, { recursive: true });
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-pictures-'));
	const session = await startSession({
		folder,
		publish: true,
		tell: (text) => console.error(text),
	});
	try {
		await syncOnce(session);
		const reconcile = session.workflows['gpp-reconcile'];
		if (reconcile) {
			const { workflows, executions } = session.n8n;
			await executions.wait(await workflows.run(reconcile, 'Run now'));
		}
		const editor = await Editor.open(session.n8n.url, chromium, { width: 1360, height: 765 });
		await takeAll(session, editor);
		await editor.close();
	} finally {
		await session.stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function takeAll(session: Session, editor: Editor): Promise<void> {
	const wanted = process.argv.slice(2);
	const take = async (
		name: string,
		prepare: () => Promise<{ picture(file: string): Promise<void> }>,
	) => {
		if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return;
		const file = path.join(IMAGES, `${name}.png`);
		await (await prepare()).picture(file);
		const { size } = statSync(file);
		console.error(
			`  docs/images/${name}.png  ${Math.round(size / 1_000)} kB${size > MOST_BYTES ? '  TOO LARGE' : ''}`,
		);
	};
	for (const template of readShipped().templates.filter((one) => !isOptional(one))) {
		await take(`canvas-${template.id.replace('gpp-', '')}`, async () => {
			await editor.showWorkflow(session.workflows[template.id]);
			return editor;
		});
	}
	for (const [name, template, node] of NODES) {
		await take(name, async () => {
			await editor.showWorkflow(session.workflows[template]);
			await editor.openNode(node);
			return editor;
		});
	}
	for (const [name, table] of TABLES) {
		await take(name, async () => {
			await editor.show(await tablePage(session, table));
			return editor;
		});
	}
	await take('credential-gp', async () => {
		await editor.show(`/home/credentials/${session.credentials.gp.id}`);
		return editor;
	});
	await take('setup-wizard', async () => {
		await importAsShipped(session);
		await editor.showWorkflow('as-shipped');
		await editor.page.click('[data-test-id="setup-credentials-button"]');
		await editor.settle();
		return editor;
	});
	for (const [name, query, size] of PAGES) {
		await take(name, async () => {
			const page = await editor.visitor(SANDBOX_PAGE, size);
			await page.goto(`${session.n8n.url}/webhook/gpp-dashboard${await query(session)}`);
			return {
				picture: async (file) => {
					await page.screenshot({ path: file });
					await page.context().close();
				},
			};
		});
	}
}

const NODES = [
	['mapping', 'gpp-sync', 'Mapping'],
	['alerts', 'gpp-errors', 'Evaluate alerts'],
] as const;

const TABLES = [
	['table-project-crosswalk', 'gpp_project_crosswalk'],
	['table-account-crosswalk', 'gpp_account_crosswalk'],
	['table-parked', 'gpp_parked'],
	['table-events', 'gpp_event'],
	['table-reconciliation', 'gpp_reconciliation'],
] as const;

const DESKTOP = { width: 1100, height: 640 };
const PHONE = { width: 390, height: 700 };

const PAGES: Array<[string, (session: Session) => Promise<string>, typeof DESKTOP]> = [
	['page-overview', async () => '', DESKTOP],
	['page-waiting', async () => '?page=waiting', DESKTOP],
	['page-reconciliation', async () => '?page=reconciliation', DESKTOP],
	['page-story', storyOfAParkedVoucher, DESKTOP],
	['page-phone', async () => '', PHONE],
];

async function storyOfAParkedVoucher({ n8n }: Session): Promise<string> {
	const [parked] = await n8n.tables.rows<{ gp_company: string; gp_key: string }>('gpp_parked', {
		entity: 'payable',
	});
	const query = {
		page: 'story',
		entity: 'payable',
		company: parked.gp_company,
		key: parked.gp_key,
	};
	return `?${new URLSearchParams(query)}`;
}

/** The sync as somebody sees it who imported the file: its credentials are still to be chosen. */
async function importAsShipped({ n8n }: Session): Promise<void> {
	const file = path.join(projectRoot, 'workflows', 'gp-to-procore-sync.json');
	const template = JSON.parse(readFileSync(file, 'utf8')) as object;
	await n8n.workflows.import({ ...template, id: 'as-shipped', name: 'GP to Procore: sync' });
}

async function tablePage({ n8n }: Session, table: string): Promise<string> {
	const { id: project } = await n8n.client.rest<{ id: string }>('GET', '/rest/projects/personal');
	return `/projects/${project}/datatables/${await n8n.tables.find(table)}`;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
