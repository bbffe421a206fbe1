/** An answer that is not a success. The bodies follow the different shapes Procore really uses. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: unknown,
		readonly headers: Record<string, string> = {},
	) {
		super(`HTTP ${status}`);
	}
}

/** Missing or malformed request part. */
export const badRequest = (message: string) => new ApiError(400, { errors: message });

/** A required top-level parameter is absent. */
export const missingParameter = (name: string) =>
	badRequest(`param is missing or the value is empty: ${name}`);

export const notFound = () => new ApiError(404, { message: 'Item not found' });

export const noAccess = () =>
	new ApiError(403, {
		errors: ['You do not have sufficient access to complete that action'],
	});

export const conflict = () =>
	new ApiError(409, {
		error: {
			code: 'CONFLICT',
			message: 'The record is being updated or deleted by another request.',
			details: [],
		},
	});

export type FieldErrors = Record<string, string[]>;

/** A record that breaks a rule: 422 for a single write, a row in `errors` for a sync. */
export class Refused extends ApiError {
	constructor(readonly fields: FieldErrors) {
		super(422, { errors: fields });
	}
}

/** Collects field errors in the order found. */
export class Errors {
	private readonly fields: FieldErrors = {};

	add(field: string, message: string): void {
		(this.fields[field] ??= []).push(message);
	}

	addWhen(broken: boolean, field: string, message: string): void {
		if (broken) this.add(field, message);
	}

	throwIfAny(): void {
		if (Object.keys(this.fields).length > 0) throw new Refused(this.fields);
	}
}
