import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { say } from './progress.mjs';

const PRODUCT = 'n8n-nodes-dynamics-gp-procore';
const STAMP = '.complete';

/** Where downloads live, outside every clone, so that the second clone starts in seconds. */
export function cacheRoot() {
	return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), PRODUCT);
}

export const platformTag = `${process.platform}-${process.arch}`;

/**
 * The folder `name` of the cache, filled by `fill(folder)` if it is not there yet.
 *
 * `fill` works in a draft folder that is renamed once complete: an installation that was
 * interrupted is never taken for a good one, and of two processes that install at the same time
 * one wins and the other throws its draft away.
 */
export async function installOnce(name, fill) {
	const folder = path.join(cacheRoot(), name);
	if (isComplete(folder)) return folder;
	fs.mkdirSync(cacheRoot(), { recursive: true });
	await waitForOtherInstaller(folder);
	if (isComplete(folder)) return folder;

	const draft = `${folder}.draft-${process.pid}`;
	fs.rmSync(draft, { recursive: true, force: true });
	fs.mkdirSync(draft);
	try {
		await fill(draft);
		fs.writeFileSync(path.join(draft, STAMP), `${new Date().toISOString()}\n`);
		moveIntoPlace(draft, folder);
	} finally {
		fs.rmSync(draft, { recursive: true, force: true });
	}
	return folder;
}

function isComplete(folder) {
	return fs.existsSync(path.join(folder, STAMP));
}

function moveIntoPlace(draft, folder) {
	if (isComplete(folder)) return;
	fs.rmSync(folder, { recursive: true, force: true });
	try {
		fs.renameSync(draft, folder);
	} catch (error) {
		if (!isComplete(folder)) throw error;
	}
}

/** Waits while a living process holds a draft of `folder`; sweeps up drafts of dead ones. */
async function waitForOtherInstaller(folder) {
	for (let waited = 0; ; waited += 5) {
		const living = draftsOf(folder).filter(({ draft, pid }) => {
			if (pid !== process.pid && isAlive(pid)) return true;
			fs.rmSync(draft, { recursive: true, force: true });
			return false;
		});
		if (living.length === 0) return;
		say(`Another command is installing ${path.basename(folder)}; waiting (${waited} s)`);
		await new Promise((resolve) => setTimeout(resolve, 5_000));
	}
}

function draftsOf(folder) {
	const prefix = `${path.basename(folder)}.draft-`;
	return fs
		.readdirSync(path.dirname(folder))
		.filter((name) => name.startsWith(prefix))
		.map((name) => ({
			draft: path.join(path.dirname(folder), name),
			pid: Number(name.slice(prefix.length)),
		}));
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
