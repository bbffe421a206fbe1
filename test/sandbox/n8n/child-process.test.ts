import { startProcess } from '../../../sandbox/n8n/child-process';

const start = (script: string) =>
	startProcess({
		name: 'a program',
		program: process.execPath,
		args: ['-e', `console.log('ready');${script}`],
		readyWhen: /ready/,
	});

test('a program that ends by itself is told with its code and last lines', async () => {
	const running = await start(
		"setTimeout(() => { console.error('out of memory'); process.exit(3) }, 50)",
	);
	expect(running.lastWords()).toBeNull();
	await running.exited;
	expect(running.lastWords()).toMatch(/^a program ended with code 3\. .*\nready\nout of memory$/s);
});

test('one that was killed is told by its signal', async () => {
	const running = await start('setInterval(() => {}, 1000)');
	await running.kill();
	expect(running.lastWords()).toContain('ended by signal SIGKILL');
});
