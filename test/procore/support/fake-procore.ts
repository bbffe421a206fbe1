import type {
	ProcoreAnswer,
	ProcoreRequest,
	ProcoreTransport,
} from '../../../lib/procore/transport';
import type { Effects } from '../../../lib/model/connection-check';
import Big from 'big.js';

type Row = Record<string, any>;

/** What a test may put in the way of a request: an answer instead, or an error thrown. */
export type Interceptor = (
	request: ProcoreRequest,
	path: string,
	count: number,
) => ProcoreAnswer | Error | undefined;

/**
 * A small Procore in memory, enough for the sync: vendors, cost codes, cost types, direct costs and
 * lines with the sync algorithm of the vendor's page. The stand-in in sandbox/ is the fuller one.
 */
export class FakeProcore {
	vendors: Row[] = [];
	codes: Row[] = [];
	costs: Row[] = [];
	lines: Row[] = [];
	types: Row[] = [
		{ id: 501, code: 'L', name: 'Labor' },
		{ id: 502, code: 'M', name: 'Materials' },
		{ id: 503, code: 'O', name: 'Other' },
	];
	blockedProjects = new Set<string>();
	requests: Array<{ method: string; path: string; query: URLSearchParams; body: any; at: number }> =
		[];
	intercept?: Interceptor;
	/** The request takes effect, but its answer never arrives. */
	loseAnswers = 0;
	/** After this many requests it is gone: the last one takes effect, its answer is lost, nothing later arrives. */
	diesAfter = Infinity;
	/** Every `origin_data` written, by origin id and in order. */
	written = new Map<string, string[]>();
	latencyMs = 0;
	/** Names of list fields the answers leave out. */
	hide = new Set<string>();
	private nextId = 1000;

	constructor(private readonly effects?: Effects) {}

	get transport(): ProcoreTransport {
		return async (request) => this.answer(request);
	}

	get writes() {
		return this.requests.filter(({ method }) => method !== 'GET');
	}

	id(): number {
		return this.nextId++;
	}

	private async answer(request: ProcoreRequest): Promise<ProcoreAnswer> {
		const url = new URL(request.url);
		// As on the wire: what JSON cannot carry does not arrive.
		const body = request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body));
		this.requests.push({
			method: request.method,
			path: url.pathname,
			query: url.searchParams,
			body,
			at: this.effects?.now() ?? 0,
		});
		if (this.latencyMs && this.effects) await this.effects.sleep(this.latencyMs);
		const gone = this.requests.length - this.diesAfter;
		if (gone > 0) throw silence('ECONNREFUSED');
		const instead = this.intercept?.(request, url.pathname, this.requests.length);
		if (instead instanceof Error) throw instead;
		if (instead) return instead;
		const answer = this.route(
			request.method,
			url,
			request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body)),
		);
		if (gone === 0) throw silence('ECONNRESET');
		if (request.method !== 'GET' && this.loseAnswers > 0) {
			this.loseAnswers--;
			throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		}
		return JSON.parse(JSON.stringify(answer)) as ProcoreAnswer;
	}

	private route(method: string, url: URL, body: any): ProcoreAnswer {
		const path = url.pathname.replace(/^\/rest\/v[\d.]+/, '');
		const project = /^\/projects\/(\d+)/.exec(path)?.[1] ?? url.searchParams.get('project_id');
		if (project && this.blockedProjects.has(project)) {
			return reply(403, { errors: ['You do not have sufficient access to complete that action'] });
		}
		const at = path.replace(/^\/projects\/\d+/, '/projects/*');
		const inProject = (row: Row) => String(row.project_id) === project;
		if (method === 'GET') {
			if (at === '/companies') return reply(200, [{ id: 1 }]);
			if (at === '/vendors')
				return this.list(
					url,
					this.vendors.filter((one) => one.is_active !== false),
				);
			if (at.endsWith('/vendors/inactive'))
				return this.list(
					url,
					this.vendors.filter((one) => one.is_active === false),
				);
			if (at === '/cost_codes')
				return this.list(
					url,
					this.codes.filter(inProject).map((code) => this.showCode(code)),
				);
			if (at === '/line_item_types') return this.list(url, this.types);
			if (at === '/projects/*/direct_costs')
				return this.list(
					url,
					this.costs.filter(inProject).map((cost) => this.showCost(cost)),
				);
			if (at === '/projects/*/direct_costs/line_items')
				return this.list(
					url,
					this.lines.filter(inProject).map((line) => this.showLine(line)),
				);
		}
		if (method === 'PATCH' && at === '/vendors/sync')
			return this.sync(this.vendors, body.updates, { is_active: true }, (row) => row, checkVendor);
		if (method === 'PATCH' && at === '/cost_codes/sync') {
			return this.sync(
				this.codes,
				body.updates,
				{ project_id: Number(project) },
				(row) => this.showCode(row),
				(row) => this.checkCode(row),
			);
		}
		if (method === 'PATCH' && at === '/line_item_types/sync') {
			return this.sync(
				this.types,
				body.updates.map(({ csv_import_code: code, ...row }: Row) => ({ ...row, code })),
				{},
				(row) => row,
				() => undefined,
			);
		}
		if (method === 'POST' && at === '/cost_codes') {
			const row = { id: this.id(), project_id: body.project_id, ...body.cost_code };
			const errors = this.checkCode(row);
			if (errors) return reply(422, { errors });
			this.codes.push(row);
			return reply(201, this.showCode(row));
		}
		if (method === 'PATCH' && at === '/projects/*/direct_costs/sync') {
			return this.sync(
				this.costs,
				body.updates,
				{ project_id: Number(project) },
				(row) => this.showCost(row),
				(row, before) => this.checkCost(row, before),
			);
		}
		if (method === 'PATCH' && at === '/projects/*/direct_costs/line_items/sync') {
			return this.sync(
				this.lines,
				body.updates,
				{ project_id: Number(project) },
				(row) => this.showLine(row),
				(row) => this.checkLine(row),
			);
		}
		const cost = /^\/projects\/\*\/direct_costs\/(\d+)$/.exec(at)?.[1];
		if (method === 'GET' && cost) {
			const stands = this.costs.find((one) => String(one.id) === cost);
			return stands ? reply(200, this.showCost(stands)) : reply(404, { message: 'Item not found' });
		}
		if (method === 'DELETE' && cost) {
			if (!this.costs.some((one) => String(one.id) === cost))
				return reply(404, { message: 'Item not found' });
			this.costs = this.costs.filter((one) => String(one.id) !== cost);
			this.lines = this.lines.filter((one) => String(one.direct_cost_id) !== cost);
			return reply(200, { id: Number(cost) });
		}
		const line = /line_items\/(\d+)$/.exec(at)?.[1];
		if (method === 'DELETE' && line) {
			const stands = this.lines.some((one) => String(one.id) === line);
			this.lines = this.lines.filter((one) => String(one.id) !== line);
			return stands ? reply(200, {}) : reply(404, { message: 'Item not found' });
		}
		const inactive = /\/vendors\/inactive\/(\d+)$/.exec(at)?.[1];
		if (method === 'PATCH' && inactive) {
			const vendor = this.vendors.find((one) => String(one.id) === inactive);
			if (vendor) vendor.is_active = true;
			return vendor ? reply(200, vendor) : reply(404, { message: 'Item not found' });
		}
		return reply(404, { message: 'Item not found' });
	}

	private list(url: URL, rows: Row[]): ProcoreAnswer {
		const query = url.searchParams;
		const search = query.get('filters[search]')?.toLowerCase();
		const ids = query.getAll('filters[id][]');
		const hits = rows.filter(
			(row) =>
				['origin_id', 'invoice_number'].every(
					(field) =>
						!query.get(`filters[${field}]`) || row[field] === query.get(`filters[${field}]`),
				) &&
				(!query.get('filters[direct_cost_id]') ||
					String(row.direct_cost_id ?? row.holder?.id) === query.get('filters[direct_cost_id]')) &&
				(ids.length === 0 || ids.includes(String(row.id))) &&
				(!search ||
					[row.name, row.origin_code].some((text) =>
						String(text ?? '')
							.toLowerCase()
							.includes(search),
					)),
		);
		const page = Number(query.get('page') ?? 1);
		const perPage = Number(query.get('per_page') ?? 100);
		const slice = hits.slice((page - 1) * perPage, page * perPage);
		const links =
			page * perPage < hits.length
				? `<${url.origin}${url.pathname}?page=${page + 1}>; rel="next"`
				: '<x>; rel="first"';
		return reply(
			200,
			slice.map((row) =>
				Object.fromEntries(Object.entries(row).filter(([field]) => !this.hide.has(field))),
			),
			{ total: String(hits.length), 'per-page': String(perPage), link: links },
		);
	}

	private sync(
		table: Row[],
		updates: Row[],
		fixed: Row,
		show: (row: Row) => Row,
		check: (row: Row, before?: Row) => Row | undefined,
	): ProcoreAnswer {
		const entities: Row[] = [];
		const errors: Row[] = [];
		for (const update of updates) {
			const before =
				update.id !== undefined
					? table.find(({ id }) => String(id) === String(update.id))
					: table.find(({ origin_id }) => origin_id && origin_id === update.origin_id);
			if (update.id !== undefined && !before) {
				errors.push({ ...update, errors: { id: ['Entity with this ID not found'] } });
				continue;
			}
			const after: Row = { ...fixed, ...before, ...update, id: before?.id ?? this.id() };
			const twin = table.find(
				(one) => one !== before && one.origin_id && one.origin_id === after.origin_id,
			);
			const wrong =
				twin || (before?.project_id && fixed.project_id && before.project_id !== fixed.project_id)
					? { origin_id: ['has already been taken'] }
					: check(after, before);
			if (wrong) {
				errors.push({ ...update, errors: wrong });
				continue;
			}
			if (update.origin_data)
				this.written.set(after.origin_id, [
					...(this.written.get(after.origin_id) ?? []),
					update.origin_data,
				]);
			if (before) Object.assign(before, after);
			else table.push(after);
			entities.push(show(after));
		}
		return reply(200, { entities: entities.reverse(), errors });
	}

	private checkCode(row: Row): Row | undefined {
		if (!row.code) return { code: ["can't be blank"] };
		const twin = this.codes.find(
			(one) =>
				one.id !== row.id &&
				one.project_id === row.project_id &&
				one.code === row.code &&
				(one.parent_id ?? null) === (row.parent_id ?? null),
		);
		return twin ? { code: ['has already been taken'] } : undefined;
	}

	private checkCost(row: Row, before?: Row): Row | undefined {
		if (!row.direct_cost_type) return { direct_cost_type: ["can't be blank"] };
		if (before && before.direct_cost_type !== row.direct_cost_type)
			return { direct_cost_type: ['cannot be changed'] };
		if (row.direct_cost_type === 'invoice' && !this.vendors.some(({ id }) => id === row.vendor_id))
			return { vendor: ["can't be blank"] };
		const twin = this.costs.find(
			(one) =>
				one.id !== row.id &&
				one.project_id === row.project_id &&
				row.vendor_id &&
				one.vendor_id === row.vendor_id &&
				one.invoice_number === row.invoice_number,
		);
		return twin ? { invoice_number: ['has already been taken'] } : undefined;
	}

	private checkLine(row: Row): Row | undefined {
		if (!this.costs.some(({ id }) => id === row.direct_cost_id))
			return { direct_cost_id: ["can't be blank"] };
		if (!this.codes.some(({ id }) => id === row.cost_code_id))
			return { cost_code_id: ["can't be blank"] };
		if (!this.types.some(({ id }) => id === row.line_item_type_id))
			return { line_item_type_id: ["can't be blank"] };
		return undefined;
	}

	showCode(code: Row): Row {
		const parent = this.codes.find(({ id }) => id === code.parent_id);
		return {
			...code,
			parent: parent ? { id: parent.id } : null,
			full_code: parent ? `${parent.code}-${code.code}` : code.code,
		};
	}

	showCost(cost: Row): Row {
		const lines = this.lines.filter((line) => line.direct_cost_id === cost.id);
		const total = lines.reduce((sum, line) => sum.plus(String(line.amount)), new Big(0));
		return {
			...cost,
			grand_total:
				total.toFixed(1).length > total.toFixed().length ? total.toFixed(1) : total.toFixed(),
			line_items_count: lines.length,
		};
	}

	protected showLine({ direct_cost_id, cost_code_id, line_item_type_id, ...line }: Row): Row {
		return {
			...line,
			amount: String(line.amount),
			holder: { id: direct_cost_id, holder_type: 'DirectCost::Item' },
			cost_code: { id: cost_code_id },
			line_item_type: { id: line_item_type_id },
		};
	}
}

function checkVendor(row: Row): Row | undefined {
	return row.name ? undefined : { name: ["can't be blank"] };
}

export function reply(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): ProcoreAnswer {
	return { status, headers: { 'x-request-id': 'request-1', ...headers }, body };
}

export function silence(code: string): Error {
	return Object.assign(new Error(`network: ${code}`), { code });
}
