import { GpBusinessError } from '../../../lib/gp/errors/refusals';
import { CANARY, type Kind } from '../case.types';

/** Cases that must fail: each does on purpose what the harness is there to notice. */
export const control: Kind = async ({ url, input, show }): Promise<void> => {
	switch ((input as { does: string }).does) {
		case 'block': {
			// By the work done: on a busy machine time goes by without any.
			const worked = () => (({ user, system }) => (user + system) / 1_000)(process.cpuUsage());
			const until = worked() + (input as { ms: number }).ms;
			while (worked() < until) for (let turns = 0; turns < 100_000; turns += 1);
			return;
		}
		case 'fill memory': {
			const kept: string[][] = [];
			for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `${index}`));
		}
		case 'never end':
			return await new Promise(() => undefined);
		case 'throw untyped':
			return void (undefined as unknown as { length: number }).length;
		case 'leave a rejection':
			void Promise.reject(new Error('nobody waits'));
			await new Promise((resolve) => setTimeout(resolve, 50));
			return;
		case 'tell a secret':
			throw new GpBusinessError({ entity: 'vendor', address: CANARY.password } as never);
		case 'tell it in base64':
			return show(Buffer.from(CANARY.token).toString('base64'));
		case 'clear the screen':
			return show(JSON.parse('"\\u001b[2J"') as string);
		case 'call elsewhere':
			await fetch(new URL(((await (await fetch(url)).json()) as { other: string }).other));
			return;
		default:
			throw new Error('There is no such control.');
	}
};
