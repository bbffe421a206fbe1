import { badRequest, Errors, notFound } from '../http/api-error';
import {
	blank,
	bodyObject,
	type Call,
	isRow,
	pick,
	requiredId,
	type Route,
	type Row,
	text,
} from '../http/call';
import { filter, keep, keepBetween, page } from '../http/list';
import type { Vendor } from '../state/records';
import { originIdTaken, sync, taken } from '../sync';
import { knownCountry, stateFits } from './places';
import { projectOf } from './projects';

/** The company directory and its project side (facts 3.1, 3.2). Vendors cannot be deleted. */
export const vendorRoutes: Route[] = [
	{ method: 'GET', path: '/rest/v1.0/vendors', handle: (call) => listCompany(call) },
	{ method: 'GET', path: '/rest/v1.1/vendors', handle: (call) => listCompany(call) },
	{
		method: 'GET',
		path: '/rest/v1.0/vendors/{id}',
		handle: (call) => ({ body: showVendor(call, vendorOf(call, call.params.id)) }),
	},
	{
		method: 'POST',
		path: '/rest/v1.0/vendors',
		handle(call) {
			requiredId(call, 'company_id');
			const saved = saveVendor(call, null, bodyObject(call, 'vendor'));
			return { status: 201, body: showVendor(call, saved) };
		},
	},
	{ method: 'PATCH', path: '/rest/v1.0/vendors/sync', handle: syncVendors },
	{
		method: 'PATCH',
		path: '/rest/v1.0/vendors/{id}',
		handle(call) {
			requiredId(call, 'company_id');
			const vendor = vendorOf(call, call.params.id);
			return { body: showVendor(call, saveVendor(call, vendor, bodyObject(call, 'vendor'))) };
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/companies/{company_id}/vendors/inactive',
		handle(call) {
			const rows = call.store.vendors.all().filter((vendor) => !vendor.is_active);
			return page(call, sorted(call, rows), (vendor) => showVendor(call, vendor));
		},
	},
	{
		method: 'PATCH',
		path: '/rest/v1.0/companies/{company_id}/vendors/inactive/{id}',
		handle(call) {
			const vendor = vendorOf(call, call.params.id);
			if (vendor.is_active) throw notFound();
			return { body: showVendor(call, call.store.put('vendors', { ...vendor, is_active: true })) };
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.1/projects/{project_id}/vendors',
		handle(call) {
			const ids = projectOf(call, call.params.project_id).vendor_ids;
			const rows = ids.map((id) => call.store.vendors.get(id)!).filter((one) => one.is_active);
			return page(call, sorted(call, search(call, rows)), (vendor) => showVendor(call, vendor));
		},
	},
	{
		method: 'POST',
		path: '/rest/v1.1/projects/{project_id}/vendors/{id}/actions/add',
		handle(call) {
			const project = projectOf(call, call.params.project_id);
			const vendor = vendorOf(call, call.params.id);
			if (!project.vendor_ids.includes(vendor.id)) {
				call.store.put('projects', {
					...project,
					vendor_ids: [...project.vendor_ids, vendor.id],
				});
			}
			return { status: 201, body: showVendor(call, vendor) };
		},
	},
];

/** Fields kept as they were sent; the others have a place of their own in the record. */
const vendorDetails = [
	'address',
	'city',
	'zip',
	'business_phone',
	'mobile_phone',
	'fax_number',
	'email_address',
	'state_code',
	'country_code',
	'authorized_bidder',
	'prequalified',
	'labor_union',
	'license_number',
	'website',
	'union_member',
	'non_union_prevailing_wage',
	'abbreviated_name',
	'notes',
	'trade_name',
] as const;

function listCompany(call: Call) {
	requiredId(call, 'company_id');
	let rows = search(
		call,
		call.store.vendors.all().filter((vendor) => vendor.is_active),
	);
	rows = keep(call, rows, 'origin_id', (vendor) => vendor.origin_id);
	rows = keepBetween(call, rows, 'created_at', (vendor) => vendor.created_at);
	rows = keepBetween(call, rows, 'updated_at', (vendor) => vendor.updated_at);
	return page(call, sorted(call, rows), (vendor) => showVendor(call, vendor));
}

function search(call: Call, rows: Vendor[]): Vendor[] {
	rows = keep(call, rows, 'id', (vendor) => vendor.id);
	rows = keep(call, rows, 'parent_id', (vendor) => vendor.parent_id);
	const wanted = filter(call, 'search')?.[0].toLowerCase();
	if (!wanted) return rows;
	return rows.filter((vendor) =>
		[vendor.name, vendor.origin_code, vendor.business_register?.identifier]
			.filter((value) => value !== null && value !== undefined)
			.some((value) => String(value).toLowerCase().includes(wanted)),
	);
}

function sorted(call: Call, rows: Vendor[]): Vendor[] {
	const sort = String(call.query.sort ?? 'name');
	const sign = sort.startsWith('-') ? -1 : 1;
	return [...rows].sort((a, b) => sign * (compareText(a.name, b.name) || a.id - b.id));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function vendorOf(call: Call, id: unknown): Vendor {
	const vendor = call.store.vendors.get(id);
	if (!vendor) throw notFound();
	return vendor;
}

function syncVendors(call: Call) {
	requiredId(call, 'company_id');
	return sync<Vendor>(call, {
		table: call.store.vendors,
		inScope: () => true,
		accept: (vendor) =>
			vendor.is_active || call.switches.syncMatchesInactiveVendor ? vendor : null,
		save: (existing, row) => saveVendor(call, existing, row),
		show: (vendor) => showVendor(call, vendor, 'extended'),
	});
}

/** Validates and stores; fields that are absent stay as they are. */
export function saveVendor(call: Pick<Call, 'store'>, existing: Vendor | null, row: Row): Vendor {
	const register = registerOf(row);
	const details: Row = { ...existing?.details, ...pick(row, vendorDetails) };
	const name = 'name' in row || !existing ? row.name : existing.name;
	const parentId = 'parent_id' in row ? row.parent_id : (existing?.parent_id ?? null);
	const errors = new Errors();
	errors.addWhen(blank(name), 'name', "can't be blank");
	errors.addWhen(
		String(details.abbreviated_name ?? '').length > 10,
		'abbreviated_name',
		'is too long (maximum is 10 characters)',
	);
	const country = blank(details.country_code) ? 'US' : String(details.country_code);
	errors.addWhen(!knownCountry(country), 'country_code', 'is invalid');
	errors.addWhen(
		!blank(details.state_code) && !stateFits(country, String(details.state_code)),
		'state_code',
		'is invalid',
	);
	errors.addWhen(!parentFits(call, parentId, existing), 'parent_id', 'is invalid');
	errors.throwIfAny();
	if (originIdTaken(call.store.vendors, row.origin_id, existing?.id)) throw taken();
	const fields = {
		name: String(name),
		is_active: 'is_active' in row ? row.is_active !== false : (existing?.is_active ?? true),
		origin_id: 'origin_id' in row ? text(row.origin_id) : (existing?.origin_id ?? null),
		origin_data: 'origin_data' in row ? text(row.origin_data) : (existing?.origin_data ?? null),
		origin_code: 'origin_code' in row ? text(row.origin_code) : (existing?.origin_code ?? null),
		parent_id: parentId === null ? null : Number(parentId),
		business_register: register
			? { id: existing?.business_register?.id ?? call.store.nextId(), ...register }
			: (existing?.business_register ?? null),
		details,
	};
	return existing
		? call.store.put('vendors', { ...existing, ...fields })
		: call.store.insert('vendors', fields);
}

function parentFits(call: Pick<Call, 'store'>, parentId: unknown, own: Vendor | null): boolean {
	if (parentId === null || parentId === undefined) return true;
	const parent = call.store.vendors.get(parentId);
	return parent !== undefined && parent.id !== own?.id && parent.parent_id === null;
}

function registerOf(row: Row): { type: 'abn' | 'ein'; identifier: string } | null {
	const register = row.business_register_attributes ?? row.business_register;
	if (!isRow(register)) return null;
	if (blank(register.type) || blank(register.identifier)) {
		throw badRequest('business_register needs both type and identifier');
	}
	if (register.type !== 'abn' && register.type !== 'ein') {
		throw badRequest('business_register type is invalid');
	}
	return { type: register.type, identifier: String(register.identifier).replace(/[\s-]/g, '') };
}

/** The vendor in the view the caller asked for; `extended` when none. */
export function showVendor(
	call: Call,
	vendor: Vendor,
	view = String(call.query.view ?? 'extended'),
) {
	const { id, name, is_active, origin_id, origin_data, origin_code } = vendor;
	if (view === 'ids_only') return id;
	if (view === 'minimal') return { id, name, is_active, logo: null };
	if (view === 'compact' || view === 'list' || view === 'name') return { id, name };
	const parent = vendor.parent_id === null ? null : call.store.vendors.get(vendor.parent_id)!;
	const details = Object.fromEntries(
		vendorDetails.map((field) => [field, vendor.details[field] ?? null]),
	);
	return {
		id,
		name,
		...details,
		is_active,
		origin_id,
		origin_data,
		origin_code,
		company: vendor.name,
		business_register: vendor.business_register && {
			...vendor.business_register,
			verified_at: null,
			verification_status: 'unverified',
		},
		parent: parent && { id: parent.id, name: parent.name },
		project_ids: call.store.projects
			.all()
			.filter((project) => project.vendor_ids.includes(id))
			.map((project) => project.id),
		children_count: 0,
		contact_count: 0,
		synced_to_erp: origin_id !== null,
		is_connected: false,
		attachments: [],
		trades: [],
		standard_cost_codes: [],
		created_at: vendor.created_at,
		updated_at: vendor.updated_at,
	};
}
