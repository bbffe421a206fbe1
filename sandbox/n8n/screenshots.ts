import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSession, type Session } from '../start/session';
import { syncOnce } from '../start/sync-run';
import { findChromium } from './chromium';
import { Editor } from './editor';
import { projectRoot } from './project-files';

/** `npm run screenshots`: the pictures of the documentation, from a real n8n after a real run. */
async function main(): Promise<void> {
	const chromium = findChromium();
	if (chromium === null) {
		console.error('SKIPPED: no Chromium is installed and none could be. Set CHROMIUM_PATH.');
		return;
	}
	const images = path.join(projectRoot, 'docs', 'images');
	mkdirSync(images, { recursive: true });
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-pictures-'));
	const session = await startSession({ folder, tell: (text) => console.error(text) });
	try {
		await syncOnce(session);
		const editor = await Editor.open(session.n8n.url, chromium);
		const take = async (name: string) => {
			await editor.picture(path.join(images, `${name}.png`));
			console.error(`  docs/images/${name}.png`);
		};
		await editor.showWorkflow(session.workflowId);
		await take('canvas');
		await editor.openNode('Map payables');
		await take('map-payables');
		await editor.closeNode();
		for (const [name, table] of TABLES) {
			await editor.show(await tablePage(session, table));
			await take(name);
		}
		await editor.show(`/home/credentials/${session.credentials.gp.id}`);
		await take('credential-gp');
		await editor.close();
	} finally {
		await session.stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

const TABLES = [
	['table-account-crosswalk', 'gpp_account_crosswalk'],
	['table-parked', 'gpp_parked'],
	['table-events', 'gpp_event'],
] as const;

async function tablePage({ n8n }: Session, table: string): Promise<string> {
	const { id: project } = await n8n.client.rest<{ id: string }>('GET', '/rest/projects/personal');
	return `/projects/${project}/datatables/${await n8n.tables.find(table)}`;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
