import { MappingSettingsError } from './mapping-settings-error';

/**
 * Segments of a formatted account string. The separator is the site's choice (GP's default is
 * "-"), so anything that is neither letter nor digit separates.
 */
export function splitAccount(account: string): string[] {
	return account.split(/[^\p{L}\p{N}]+/u).filter((segment) => segment !== '');
}

/** Patterns are matched without regard to case: references are typed by hand. */
export function compile(setting: string, pattern: string): RegExp {
	try {
		return new RegExp(pattern, 'iu');
	} catch {
		try {
			return new RegExp(pattern, 'i');
		} catch (cause) {
			throw new MappingSettingsError(setting, (cause as Error).message, { cause });
		}
	}
}
