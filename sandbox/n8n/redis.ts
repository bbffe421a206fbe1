import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startProcess } from './child-process';
import { freePort } from './free-port';

export interface Redis {
	/** For n8n's queue mode. */
	environment: Record<string, string>;
	stop(): Promise<void>;
}

/** A Redis of its own on the loopback interface that keeps nothing; null when Redis is not installed. */
export async function startRedis(): Promise<Redis | null> {
	try {
		execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
	} catch {
		return null;
	}
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-redis-'));
	const port = String(await freePort());
	const running = await startProcess({
		name: 'Redis',
		program: 'redis-server',
		args: [
			'--port',
			port,
			'--bind',
			'127.0.0.1',
			'--save',
			'',
			'--appendonly',
			'no',
			'--dir',
			folder,
		],
		readyWhen: /Ready to accept connections/,
		startTimeout: 20_000,
	});
	return {
		environment: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port },
		async stop() {
			await running.stop(2_000);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
