import { ProcoreError } from '../errors/procore-errors';
import type { ProcoreCall, ProcoreClient } from '../procore-client';

/**
 * Sends a POST so that it takes effect once: Procore has no idempotency key for these records, so
 * after an attempt that may have taken effect (`findStanding` is asked) it is only sent again when
 * nothing stands. Without a `key` to look for, it is never sent again.
 */
export async function createOnce(
	client: ProcoreClient,
	call: ProcoreCall,
	key: unknown,
	findStanding: (key: string) => Promise<unknown>,
): Promise<unknown> {
	for (let attempt = 1; ; attempt++) {
		try {
			return (await client.call(call)).body;
		} catch (error) {
			if (typeof key !== 'string' || key === '' || attempt === 3 || !mayHaveTakenEffect(error))
				throw error;
			const standing = await findStanding(key);
			if (standing) return standing;
		}
	}
}

function mayHaveTakenEffect(error: unknown): boolean {
	return (
		error instanceof ProcoreError &&
		(error.code === 'procore-unreachable' || error.code === 'procore-server-fault')
	);
}
