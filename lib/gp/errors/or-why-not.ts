import { GpError } from './gp-error';
import { GpLoginRefused, GpUserNotAllowed } from './refusals';

/**
 * The result, or why GP did not give it: a site may offer no vendors or no accounts.
 *
 * @throws GpLoginRefused, GpUserNotAllowed, and whatever is no fault of GP's
 */
export async function orWhyNot<Result>(
	read: () => Promise<Result>,
): Promise<Result | { failed: string }> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof GpError)) throw error;
		if (error instanceof GpLoginRefused || error instanceof GpUserNotAllowed) throw error;
		return { failed: error.message.replace(/\.$/, '') };
	}
}
