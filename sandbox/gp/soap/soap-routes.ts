import { createHash } from 'node:crypto';

import type { Company } from '../company/company';
import { documentKey, type CompanyDocument } from '../company/types';
import type { WindowsAccount } from '../ntlm/directory';
import { html, type Reply } from '../server/sba-routes';
import {
	invoiceObject,
	invoiceRow,
	orderObject,
	orderRow,
	receiptObject,
	receiptRow,
} from './purchase-records';
import { PAYABLE_TYPES, SoapPayables } from './soap-payables';
import { COMPANY_NUMBER, LISTED_ACCOUNT_TYPES, SoapRecords } from './soap-records';
import {
	compareInstants,
	compareText,
	meets,
	node,
	readQuestion,
	text,
	type Node,
	type SoapQuestion,
} from './soap-request';
import type { SoapSwitches } from './soap-switches';
import { envelope, GP, tag } from './wire';

export const SOAP_PATH = '/dynamicsgpwebservices/dynamicsgpservice.asmx';

export interface SoapRouteContext {
	company: Company;
	switches: SoapSwitches;
	account: WindowsAccount;
	method: string;
	action: string;
	body: string;
}

const UNHANDLED =
	'The application encountered an unhandled system exception. Contact your system administrator for details.';
const STATE_NAMES = { work: 'Work', open: 'Open', history: 'History' } as const;

/** The legacy endpoint of GP's Web Services over the same company. */
export function routeSoap(context: SoapRouteContext): Reply {
	const { switches, account } = context;
	if (context.method !== 'POST')
		return html(
			200,
			'DynamicsGPService',
			'You have created a service. The description is at ?wsdl.',
		);
	if (account.mappedInGp === false || switches.role !== 'granted') return refused(switches);
	const question = readQuestion(context.body);
	if (!question) return fault('The message could not be read.');
	if (context.action.replace(/"/g, '') !== `${GP}/${question.operation}`)
		return fault(`The SOAPAction ${context.action} does not fit ${question.operation}.`);
	if (question.tenant !== null && !switches.knowsTenantName)
		return fault('There is an error in XML document: <TenantName> was not expected.');
	if (question.tenant !== null && question.tenant !== 'DefaultTenant')
		return fault(`Tenant ${question.tenant} was not found.`);
	if (question.currencyType !== 'Local') return fault('Only Local is served here.');
	if (question.operation === 'GetCompanyList') return companies(context, question);
	if (question.operation === 'GetLoggedValidationResultByKey')
		return answer(
			question.operation,
			tag(
				'Errors',
				tag('ValidationError', tag('Message', 'The sandbox did not accept the question.')),
			),
			0,
		);
	if (question.companyNumber !== COMPANY_NUMBER)
		return validationFault(`company ${question.companyNumber}`);
	return question.operation.endsWith('ByKey') ? byKey(context, question) : list(context, question);
}

function refused({ role }: SoapSwitches): Reply {
	if (role === '401' || role === '403')
		return html(Number(role), 'Access denied', 'Access is denied.');
	return fault('Access is denied. The user is not authorized to perform this operation.');
}

function companies({ company, switches }: SoapRouteContext, { operation }: SoapQuestion): Reply {
	if (!switches.listsCompanies)
		return fault('Access is denied. The user is not authorized to perform this operation.');
	return answer(operation, new SoapRecords(company, switches).companyObject(), 1);
}

interface Row {
	key: string;
	modified: string;
	/** Written out only for rows that are sent. */
	write(): string;
	values: Record<string, string>;
}

/** The key column, the columns criteria may name, and the rows in the server's order. */
function rowsOf(
	context: SoapRouteContext,
	operation: string,
): { keyName: string; rows: Row[]; entity: string } | null {
	const { company, switches } = context;
	const records = new SoapRecords(company, switches);
	const payables = new SoapPayables(company, switches);
	switch (operation) {
		case 'GetVendorList':
			return {
				keyName: 'Id',
				entity: 'vendors',
				rows: [...company.vendors.values()]
					.filter(({ vendorId }) => !switches.hidden.includes(vendorId))
					.map((vendor) => ({
						key: vendor.vendorId,
						modified: vendor.modified,
						write: () => records.vendorRow(vendor),
						values: { Name: vendor.name, ClassId: vendor.classId },
					})),
			};
		case 'GetGLAccountList':
		case 'GetGLPostingAccountList': {
			const posting = operation === 'GetGLPostingAccountList';
			return {
				keyName: 'GLAccountId',
				entity: 'accounts',
				rows: [...company.accounts.values()]
					.filter(({ type }) => !posting || type === 1)
					.map((account) => ({
						key: account.account,
						modified: account.modified,
						write: () =>
							posting ? records.postingAccountRow(account) : records.accountRow(account),
						values: {
							AccountType: LISTED_ACCOUNT_TYPES[account.type],
						},
					})),
			};
		}
		case 'GetPayablesDocumentList':
			return {
				keyName: 'DocumentId',
				entity: 'payables',
				rows: [...company.documents.values()].map((document) => ({
					key: document.voucher,
					modified: document.modified,
					write: () => payables.payableRow(document),
					values: {
						TransactionState: STATE_NAMES[document.state],
						Type: PAYABLE_TYPES[document.documentType],
						VendorId: document.vendorId,
					},
				})),
			};
		case 'GetPurchaseOrderList':
		case 'GetPurchaseReceiptList':
		case 'GetPurchaseInvoiceList': {
			const { orders, receipts, invoices } = company.purchases;
			const rows =
				operation === 'GetPurchaseOrderList'
					? [...orders.values()].map((one) => ({ one, write: () => orderRow(one, switches) }))
					: operation === 'GetPurchaseReceiptList'
						? [...receipts.values()].map((one) => ({ one, write: () => receiptRow(one, switches) }))
						: [...invoices.values()].map((one) => ({
								one,
								write: () => invoiceRow(one, switches),
							}));
			const byDay = operation !== 'GetPurchaseOrderList';
			return {
				keyName: 'Id',
				entity: 'purchasing',
				rows: rows.map(({ one, write }) => ({
					key: one.number,
					modified: byDay ? `${one.modified.slice(0, 10)}T00:00:00` : one.modified,
					write,
					values: { TransactionState: STATE_NAMES[one.state], VendorId: one.vendorId },
				})),
			};
		}
		default:
			return null;
	}
}

function list(context: SoapRouteContext, { operation, parameters }: SoapQuestion): Reply {
	const { switches } = context;
	const table = rowsOf(context, operation);
	if (!table) return fault(`There is no operation ${operation} here.`);
	const criteria = node(parameters.criteria) ?? {};
	const found = table.rows.filter((row) => rowMeets(row, criteria, table.keyName, switches));
	const order = ['Work', 'Open', 'History'];
	const state = (row: Row) => order.indexOf(row.values.TransactionState ?? '');
	const sorted =
		switches.order === 'none'
			? found.sort((left, right) => scatter(left.key) - scatter(right.key))
			: found.sort(
					(left, right) =>
						state(left) - state(right) ||
						compareText(left.key, right.key) ||
						compareText(left.values.Type ?? '', right.values.Type ?? ''),
				);
	const sent = sorted.slice(0, switches.rowCap);
	if (sent.some(({ key }) => switches.poisoned.includes(key))) return fault(UNHANDLED);
	return {
		...answer(operation, sent.map((row) => row.write()).join(''), sent.length),
		read: { resource: `soap ${operation}`, entity: table.entity, rows: sent.length },
	};
}

function rowMeets(row: Row, criteria: Node, keyName: string, switches: SoapSwitches): boolean {
	const bound = (left: string, right: string) =>
		compareInstants(left, right) - switches.boundOffsetHours * 3_600_000;
	return (
		meets(criteria[keyName], row.key, compareText) &&
		meets(criteria.ModifiedDate, row.modified, bound) &&
		Object.entries(row.values).every(
			([name, value]) => name === keyName || meets(criteria[name], value, compareText),
		)
	);
}

function scatter(key: string): number {
	return createHash('sha256').update(key).digest().readUInt32BE(0);
}

function byKey(context: SoapRouteContext, question: SoapQuestion): Reply {
	const { company, switches } = context;
	const { operation } = question;
	const key = (text(node(question.parameters.key)?.Id) ?? '').trim();
	if (switches.poisoned.includes(key)) return fault(UNHANDLED);
	const records = new SoapRecords(company, switches);
	const payables = new SoapPayables(company, switches);
	const result = `${operation}Result`;
	const same = (value: string) => compareText(value, key) === 0;
	const written = (): string | undefined => {
		switch (operation) {
			case 'GetVendorByKey': {
				const vendor = [...company.vendors.values()].find(({ vendorId }) => same(vendorId));
				return vendor && tag(result, records.vendor(vendor));
			}
			case 'GetGLAccountByKey': {
				const account = company.accounts.get(key);
				return account && records.account(result, account);
			}
			case 'GetPurchaseOrderByKey': {
				const order = company.purchases.orders.get(key);
				return order && tag(result, orderObject(order, switches));
			}
			case 'GetPurchaseReceiptByKey': {
				const receipt = company.purchases.receipts.get(key);
				return receipt && tag(result, receiptObject(receipt, switches));
			}
			case 'GetPurchaseInvoiceByKey': {
				const invoice = company.purchases.invoices.get(key);
				return invoice && tag(result, invoiceObject(invoice, switches));
			}
			default: {
				const type = PAYABLE_TYPES.findIndex(
					(name) => name !== '' && operation === `GetPayables${name.replace(/ /g, '')}ByKey`,
				);
				if (type < 1 || type > 5) return undefined;
				const find = (documentType: number) =>
					company.documents.get(
						documentKey({
							documentType: documentType as CompanyDocument['documentType'],
							voucher: key,
						}),
					);
				const document = find(type);
				const payment = switches.mixesPayments ? find(6) : undefined;
				return document && tag(result, payables.payable(document, payment));
			}
		}
	};
	const body = written();
	if (body === undefined) return fault('Business object not found.');
	return {
		...wrapped(operation, body),
		read: {
			resource: `soap ${operation}`,
			entity: operation === 'GetVendorByKey' ? 'vendors' : 'payables',
			rows: 1,
		},
	};
}

function answer(operation: string, content: string, rows: number): Reply {
	return {
		...wrapped(operation, tag(`${operation}Result`, content)),
		read: { resource: `soap ${operation}`, entity: 'soap', rows },
	};
}

function wrapped(operation: string, result: string): Reply {
	return {
		status: 200,
		contentType: 'text/xml; charset=utf-8',
		body: envelope(tag(`${operation}Response`, result).replace('>', ` xmlns="${GP}">`)),
	};
}

/** A system exception: the detail holds no Message. */
function fault(said: string, detail = ''): Reply {
	return {
		status: 500,
		contentType: 'text/xml; charset=utf-8',
		body: envelope(
			`<s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang="en-US">${said.replace(/</g, '&lt;')}</faultstring>${tag('detail', detail)}</s:Fault>`,
		),
	};
}

/** A validation exception: some Message in the detail is the id of its log entry. */
function validationFault(about: string): Reply {
	const digest = createHash('sha256').update(about).digest('hex');
	const guid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-9${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
	return fault(
		'A validation exception has occurred.',
		tag('ValidationException', tag('Message', guid)),
	);
}
