-- Read-only views for n8n-nodes-dynamics-gp-procore: one database user sees these views and nothing else of GP.
--
-- Run it once in each company database (for example TWO) with sqlcmd or SQL Server Management Studio, as a user who may
-- create views. SQL Server 2016 or later. Run it again after an update of the package: every view is replaced.
-- It creates views and grants SELECT on them; no table, row, procedure or setting of GP is touched.
--
-- Before the first run, once per server (T-SQL only, with a password of your own):
--   CREATE LOGIN gpp_reader WITH PASSWORD = 'a long password of your own';
-- and in each company database:
--   CREATE USER gpp_reader FOR LOGIN gpp_reader;
-- The login needs no role. The owner of the views has to be the owner of GP's tables (dbo, as installed): then a
-- SELECT on a view is enough, and the tables themselves stay closed.
--
-- What was tried: the text is read by a parser of T-SQL, and run by tests on PostgreSQL with tables of the column types
-- GP has. It was never run on a live SQL Server. That is why everything here is SQL that both read; GO separates batches.
--
-- Text stays as GP pads it. Amounts come as text, so that no digit is lost on the way; dates as YYYY-MM-DD and change
-- stamps as text in UTC, so that no time zone of a driver moves them. Columns called CHANGED are only compared.

-- The company: the reader refuses a database that is not the one its credential names.
DROP VIEW IF EXISTS gpp_company;
GO
CREATE VIEW gpp_company AS
SELECT DB_NAME() AS INTERID;
GO
GRANT SELECT ON gpp_company TO gpp_reader;
GO

-- Vendors. A change of any address or of its internet addresses counts as a change of the vendor.
-- TXIDNMBR: replace it by '' if tax ids are not to leave GP; matching of vendors by tax id then has nothing to go by.
DROP VIEW IF EXISTS gpp_vendor;
GO
CREATE VIEW gpp_vendor AS
SELECT x.VENDORID, x.VENDNAME, x.VENDSHNM, x.VNDCLSID, x.VENDSTTS, x.HOLD, x.PYMTRMID, x.CURNCYID, x.TXIDNMBR,
       x.VADDCDPR, x.CHANGED, CAST(CAST(x.CHANGED AS datetime2) AS varchar(30)) AS ModifiedDate
FROM (
  SELECT v.VENDORID, v.VENDNAME, v.VENDSHNM, v.VNDCLSID, v.VENDSTTS, v.HOLD, v.PYMTRMID, v.CURNCYID, v.TXIDNMBR,
         v.VADDCDPR,
         (SELECT MAX(s.STAMP)
          FROM (SELECT v.DEX_ROW_TS AS STAMP
                UNION ALL
                SELECT a.DEX_ROW_TS AS STAMP FROM PM00300 AS a WHERE a.VENDORID = v.VENDORID
                UNION ALL
                SELECT i.DEX_ROW_TS AS STAMP FROM SY01200 AS i
                WHERE i.Master_Type = 'VEN' AND i.Master_ID = v.VENDORID) AS s) AS CHANGED
  FROM PM00200 AS v
) AS x;
GO
GRANT SELECT ON gpp_vendor TO gpp_reader;
GO

-- Addresses of vendors with their internet addresses. Email comes from GP 2010 on, INET1 and INET2 are older.
DROP VIEW IF EXISTS gpp_vendor_address;
GO
CREATE VIEW gpp_vendor_address AS
SELECT a.VENDORID, a.DEX_ROW_ID, a.ADRSCODE, a.VNDCNTCT, a.ADDRESS1, a.ADDRESS2, a.ADDRESS3, a.CITY, a.STATE, a.ZIPCODE,
       a.COUNTRY, a.CCode, a.PHNUMBR1, a.PHNUMBR2, a.FAXNUMBR, CAST(i.EmailToAddress AS varchar(255)) AS Email,
       i.INET1, i.INET2
FROM PM00300 AS a
LEFT OUTER JOIN SY01200 AS i ON i.Master_Type = 'VEN' AND i.Master_ID = a.VENDORID AND i.ADRSCODE = a.ADRSCODE;
GO
GRANT SELECT ON gpp_vendor_address TO gpp_reader;
GO

-- GL accounts, with the account string as GP prints it. After copies of a company some have none: an outer join.
DROP VIEW IF EXISTS gpp_account;
GO
CREATE VIEW gpp_account AS
SELECT a.ACTINDX, s.ACTNUMST, a.ACTDESCR, a.ACTALIAS, c.ACCATDSC, a.ACCTTYPE, a.PSTNGTYP, a.ACTIVE,
       a.DEX_ROW_TS AS CHANGED, CAST(CAST(a.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM GL00100 AS a
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = a.ACTINDX
LEFT OUTER JOIN GL00102 AS c ON c.ACCATNUM = a.ACCATNUM;
GO
GRANT SELECT ON gpp_account TO gpp_reader;
GO

-- The register: one row per document and payment, wherever it is. Asked before a document is called gone.
DROP VIEW IF EXISTS gpp_register;
GO
CREATE VIEW gpp_register AS
SELECT r.CNTRLNUM, r.CNTRLTYP, r.DOCTYPE, r.DCSTATUS, r.DEX_ROW_ID
FROM PM00400 AS r;
GO
GRANT SELECT ON gpp_register TO gpp_reader;
GO

-- Views over other views of this script are dropped before those.
DROP VIEW IF EXISTS gpp_payable;
GO
DROP VIEW IF EXISTS gpp_distribution;
GO

-- Payables documents that are not posted.
DROP VIEW IF EXISTS gpp_payable_work;
GO
CREATE VIEW gpp_payable_work AS
SELECT d.DOCTYPE, d.VCHNUMWK AS VCHRNMBR, 'Work' AS TransactionState, d.VENDORID, v.VENDNAME, d.DOCNUMBR,
       CAST(CAST(d.DOCDATE AS date) AS varchar(10)) AS DOCDATE,
       CAST(CAST(d.PSTGDATE AS date) AS varchar(10)) AS PSTGDATE,
       CAST(CAST(d.DUEDATE AS date) AS varchar(10)) AS DUEDATE,
       CAST(CAST(d.POSTEDDT AS date) AS varchar(10)) AS POSTEDDT,
       d.TRXDSCRN, d.PORDNMBR, d.BACHNUMB, d.PYMTRMID, d.CURNCYID,
       CAST(d.DOCAMNT AS varchar(25)) AS DOCAMNT, CAST(d.PRCHAMNT AS varchar(25)) AS PRCHAMNT,
       CAST(d.TRDISAMT AS varchar(25)) AS TRDISAMT, CAST(d.FRTAMNT AS varchar(25)) AS FRTAMNT,
       CAST(d.MSCCHAMT AS varchar(25)) AS MSCCHAMT, CAST(d.TAXAMNT AS varchar(25)) AS TAXAMNT,
       CAST(d.RETNAGAM AS varchar(25)) AS RETNAGAM, d.ICTRX, d.ICDISTS,
       d.DEX_ROW_TS AS CHANGED, CAST(CAST(d.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM PM10000 AS d
LEFT OUTER JOIN PM00200 AS v ON v.VENDORID = d.VENDORID;
GO
GRANT SELECT ON gpp_payable_work TO gpp_reader;
GO

-- Posted and not fully applied.
DROP VIEW IF EXISTS gpp_payable_open;
GO
CREATE VIEW gpp_payable_open AS
SELECT d.DOCTYPE, d.VCHRNMBR, 'Open' AS TransactionState, d.VENDORID, v.VENDNAME, d.DOCNUMBR,
       CAST(CAST(d.DOCDATE AS date) AS varchar(10)) AS DOCDATE,
       CAST(CAST(d.PSTGDATE AS date) AS varchar(10)) AS PSTGDATE,
       CAST(CAST(d.DUEDATE AS date) AS varchar(10)) AS DUEDATE,
       CAST(CAST(d.POSTEDDT AS date) AS varchar(10)) AS POSTEDDT,
       d.TRXDSCRN, d.PORDNMBR, d.PONUMBER, d.BACHNUMB, d.PYMTRMID, d.CURNCYID,
       CAST(d.DOCAMNT AS varchar(25)) AS DOCAMNT, CAST(d.PRCHAMNT AS varchar(25)) AS PRCHAMNT,
       CAST(d.TRDISAMT AS varchar(25)) AS TRDISAMT, CAST(d.FRTAMNT AS varchar(25)) AS FRTAMNT,
       CAST(d.MSCCHAMT AS varchar(25)) AS MSCCHAMT, CAST(d.TAXAMNT AS varchar(25)) AS TAXAMNT,
       CAST(d.RETNAGAM AS varchar(25)) AS RETNAGAM, d.ICTRX, d.VOIDED,
       d.DEX_ROW_TS AS CHANGED, CAST(CAST(d.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM PM20000 AS d
LEFT OUTER JOIN PM00200 AS v ON v.VENDORID = d.VENDORID;
GO
GRANT SELECT ON gpp_payable_open TO gpp_reader;
GO

-- Fully applied, or voided. Its change stamp has no index: the reader goes through it in windows of its key.
DROP VIEW IF EXISTS gpp_payable_history;
GO
CREATE VIEW gpp_payable_history AS
SELECT d.DOCTYPE, d.VCHRNMBR, 'History' AS TransactionState, d.VENDORID, v.VENDNAME, d.DOCNUMBR,
       CAST(CAST(d.DOCDATE AS date) AS varchar(10)) AS DOCDATE,
       CAST(CAST(d.PSTGDATE AS date) AS varchar(10)) AS PSTGDATE,
       CAST(CAST(d.DUEDATE AS date) AS varchar(10)) AS DUEDATE,
       CAST(CAST(d.POSTEDDT AS date) AS varchar(10)) AS POSTEDDT,
       d.TRXDSCRN, d.PORDNMBR, d.PONUMBER, d.BACHNUMB, d.PYMTRMID, d.CURNCYID,
       CAST(d.DOCAMNT AS varchar(25)) AS DOCAMNT, CAST(d.PRCHAMNT AS varchar(25)) AS PRCHAMNT,
       CAST(d.TRDISAMT AS varchar(25)) AS TRDISAMT, CAST(d.FRTAMNT AS varchar(25)) AS FRTAMNT,
       CAST(d.MSCCHAMT AS varchar(25)) AS MSCCHAMT, CAST(d.TAXAMNT AS varchar(25)) AS TAXAMNT,
       CAST(d.RETNAGAM AS varchar(25)) AS RETNAGAM, d.ICTRX, d.VOIDED,
       d.DEX_ROW_TS AS CHANGED, CAST(CAST(d.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM PM30200 AS d
LEFT OUTER JOIN PM00200 AS v ON v.VENDORID = d.VENDORID;
GO
GRANT SELECT ON gpp_payable_history TO gpp_reader;
GO

-- All payables documents in one, for people; the reader takes the three, so that each is read by its own key.
CREATE VIEW gpp_payable AS
SELECT w.DOCTYPE, w.VCHRNMBR, w.TransactionState, w.VENDORID, w.DOCNUMBR, w.DOCDATE, w.DOCAMNT, w.CHANGED
FROM gpp_payable_work AS w
UNION ALL
SELECT o.DOCTYPE, o.VCHRNMBR, o.TransactionState, o.VENDORID, o.DOCNUMBR, o.DOCDATE, o.DOCAMNT, o.CHANGED
FROM gpp_payable_open AS o
UNION ALL
SELECT h.DOCTYPE, h.VCHRNMBR, h.TransactionState, h.VENDORID, h.DOCNUMBR, h.DOCDATE, h.DOCAMNT, h.CHANGED
FROM gpp_payable_history AS h;
GO
GRANT SELECT ON gpp_payable TO gpp_reader;
GO

-- Distributions of unposted and open documents. CNTRLTYP tells vouchers (0) from payments (1), whose numbers may be the
-- same. A line of another company (INTERID) has an account index of that company: no account of ours is shown for it.
DROP VIEW IF EXISTS gpp_distribution_open;
GO
CREATE VIEW gpp_distribution_open AS
SELECT d.VCHRNMBR, d.CNTRLTYP, d.DEX_ROW_ID, d.DSTSQNUM, d.APTVCHNM, d.SPCLDIST, d.DISTTYPE, d.DSTINDX, s.ACTNUMST,
       CAST(d.DEBITAMT AS varchar(25)) AS DEBITAMT, CAST(d.CRDTAMNT AS varchar(25)) AS CRDTAMNT, d.DistRef, d.INTERID
FROM PM10100 AS d
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = d.DSTINDX AND (d.INTERID = '' OR d.INTERID = DB_NAME());
GO
GRANT SELECT ON gpp_distribution_open TO gpp_reader;
GO

-- Distributions of history. The company of intercompany lines is lost there; the header's ICTRX still tells.
DROP VIEW IF EXISTS gpp_distribution_history;
GO
CREATE VIEW gpp_distribution_history AS
SELECT d.VCHRNMBR, d.CNTRLTYP, d.DEX_ROW_ID, d.DSTSQNUM, d.APTVCHNM, d.SPCLDIST, d.DISTTYPE, d.DSTINDX, s.ACTNUMST,
       CAST(d.DEBITAMT AS varchar(25)) AS DEBITAMT, CAST(d.CRDTAMNT AS varchar(25)) AS CRDTAMNT, d.DistRef
FROM PM30600 AS d
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = d.DSTINDX;
GO
GRANT SELECT ON gpp_distribution_history TO gpp_reader;
GO

-- All distributions in one, for people.
CREATE VIEW gpp_distribution AS
SELECT o.VCHRNMBR, o.CNTRLTYP, o.DSTSQNUM, o.DISTTYPE, o.ACTNUMST, o.DEBITAMT, o.CRDTAMNT, o.DistRef
FROM gpp_distribution_open AS o
UNION ALL
SELECT h.VCHRNMBR, h.CNTRLTYP, h.DSTSQNUM, h.DISTTYPE, h.ACTNUMST, h.DEBITAMT, h.CRDTAMNT, h.DistRef
FROM gpp_distribution_history AS h;
GO
GRANT SELECT ON gpp_distribution TO gpp_reader;
GO

-- Tax lines of unposted and open documents, and of history.
DROP VIEW IF EXISTS gpp_tax_open;
GO
CREATE VIEW gpp_tax_open AS
SELECT t.VCHRNMBR, t.DOCTYPE, t.DEX_ROW_ID, t.TAXDTLID, s.ACTNUMST, CAST(t.TAXAMNT AS varchar(25)) AS TAXAMNT
FROM PM10500 AS t
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = t.ACTINDX;
GO
GRANT SELECT ON gpp_tax_open TO gpp_reader;
GO
DROP VIEW IF EXISTS gpp_tax_history;
GO
CREATE VIEW gpp_tax_history AS
SELECT t.VCHRNMBR, t.DOCTYPE, t.DEX_ROW_ID, t.TAXDTLID, s.ACTNUMST, CAST(t.TAXAMNT AS varchar(25)) AS TAXAMNT
FROM PM30700 AS t
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = t.ACTINDX;
GO
GRANT SELECT ON gpp_tax_history TO gpp_reader;
GO

-- Purchase orders and their lines. JOBNUMBR, COSTCODE and COSTTYPE are Signature's, ProjNum and CostCatID those of
-- Project Accounting; they stand in GP's own tables whether the product is installed or not.
DROP VIEW IF EXISTS gpp_order;
GO
CREATE VIEW gpp_order AS
SELECT o.PONUMBER, 'work' AS STATE, o.VENDORID, CAST(CAST(o.DOCDATE AS date) AS varchar(10)) AS DOCDATE, o.POSTATUS,
       CAST(o.SUBTOTAL AS varchar(25)) AS SUBTOTAL, o.DEX_ROW_TS AS CHANGED,
       CAST(CAST(o.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM POP10100 AS o
UNION ALL
SELECT h.PONUMBER, 'history' AS STATE, h.VENDORID, CAST(CAST(h.DOCDATE AS date) AS varchar(10)) AS DOCDATE, h.POSTATUS,
       CAST(h.SUBTOTAL AS varchar(25)) AS SUBTOTAL, h.DEX_ROW_TS AS CHANGED,
       CAST(CAST(h.DEX_ROW_TS AS datetime2) AS varchar(30)) AS ModifiedDate
FROM POP30100 AS h;
GO
GRANT SELECT ON gpp_order TO gpp_reader;
GO
DROP VIEW IF EXISTS gpp_order_line;
GO
CREATE VIEW gpp_order_line AS
SELECT l.PONUMBER, l.ORD, l.BRKFLD1, l.ITEMDESC, s.ACTNUMST, CAST(l.QTYORDER AS varchar(25)) AS QTYORDER,
       CAST(l.UNITCOST AS varchar(25)) AS UNITCOST, CAST(l.EXTDCOST AS varchar(25)) AS EXTDCOST, l.Product_Indicator,
       l.JOBNUMBR, l.COSTCODE, l.COSTTYPE, l.ProjNum, l.CostCatID
FROM POP10110 AS l
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = l.INVINDX
UNION ALL
SELECT h.PONUMBER, h.ORD, h.BRKFLD1, h.ITEMDESC, t.ACTNUMST, CAST(h.QTYORDER AS varchar(25)) AS QTYORDER,
       CAST(h.UNITCOST AS varchar(25)) AS UNITCOST, CAST(h.EXTDCOST AS varchar(25)) AS EXTDCOST, h.Product_Indicator,
       h.JOBNUMBR, h.COSTCODE, h.COSTTYPE, h.ProjNum, h.CostCatID
FROM POP30110 AS h
LEFT OUTER JOIN GL00105 AS t ON t.ACTINDX = h.INVINDX;
GO
GRANT SELECT ON gpp_order_line TO gpp_reader;
GO

-- Receipts and purchase invoices: POPTYPE 1 shipment, 2 invoice, 3 shipment with invoice, 4 to 7 returns, 8 in transit.
-- VCHRNMBR is the payables document that types 2, 3, 5 and 7 made. They are stamped by day (MODIFDT). Only posted
-- ones can be voided (VOIDSTTS 1).
DROP VIEW IF EXISTS gpp_receipt;
GO
CREATE VIEW gpp_receipt AS
SELECT r.POPRCTNM, 'work' AS STATE, r.POPTYPE, r.VNDDOCNM, r.VENDORID, r.VCHRNMBR,
       CAST(CAST(r.receiptdate AS date) AS varchar(10)) AS DOCDATE,
       CAST(CAST(r.GLPOSTDT AS date) AS varchar(10)) AS GLPOSTDT, CAST(r.SUBTOTAL AS varchar(25)) AS SUBTOTAL,
       CAST(0 AS smallint) AS VOIDSTTS, r.MODIFDT AS CHANGED, CAST(CAST(r.MODIFDT AS date) AS varchar(10)) AS ModifiedDate
FROM POP10300 AS r
UNION ALL
SELECT h.POPRCTNM, 'history' AS STATE, h.POPTYPE, h.VNDDOCNM, h.VENDORID, h.VCHRNMBR,
       CAST(CAST(h.receiptdate AS date) AS varchar(10)) AS DOCDATE,
       CAST(CAST(h.GLPOSTDT AS date) AS varchar(10)) AS GLPOSTDT, CAST(h.SUBTOTAL AS varchar(25)) AS SUBTOTAL,
       h.VOIDSTTS, h.MODIFDT AS CHANGED, CAST(CAST(h.MODIFDT AS date) AS varchar(10)) AS ModifiedDate
FROM POP30300 AS h;
GO
GRANT SELECT ON gpp_receipt TO gpp_reader;
GO

-- Lines of receipts and purchase invoices, with quantities and the accrual account of POP10500.
DROP VIEW IF EXISTS gpp_receipt_line;
GO
CREATE VIEW gpp_receipt_line AS
SELECT l.POPRCTNM, l.RCPTLNNM, l.PONUMBER, q.POLNENUM, l.ITEMDESC, s.ACTNUMST, p.ACTNUMST AS VARIANCE,
       a.ACTNUMST AS ACCRUAL, CAST(q.QTYSHPPD AS varchar(25)) AS QTYSHPPD, CAST(q.QTYINVCD AS varchar(25)) AS QTYINVCD,
       CAST(l.UNITCOST AS varchar(25)) AS UNITCOST, CAST(l.EXTDCOST AS varchar(25)) AS EXTDCOST, l.Product_Indicator,
       l.JOBNUMBR, l.COSTCODE, l.COSTTYPE, l.ProjNum, l.CostCatID
FROM POP10310 AS l
LEFT OUTER JOIN POP10500 AS q ON q.POPRCTNM = l.POPRCTNM AND q.RCPTLNNM = l.RCPTLNNM AND q.PONUMBER = l.PONUMBER
LEFT OUTER JOIN GL00105 AS s ON s.ACTINDX = l.INVINDX
LEFT OUTER JOIN GL00105 AS p ON p.ACTINDX = l.PURPVIDX
LEFT OUTER JOIN GL00105 AS a ON a.ACTINDX = q.ACPURIDX
UNION ALL
SELECT h.POPRCTNM, h.RCPTLNNM, h.PONUMBER, r.POLNENUM, h.ITEMDESC, t.ACTNUMST, u.ACTNUMST AS VARIANCE,
       b.ACTNUMST AS ACCRUAL, CAST(r.QTYSHPPD AS varchar(25)) AS QTYSHPPD, CAST(r.QTYINVCD AS varchar(25)) AS QTYINVCD,
       CAST(h.UNITCOST AS varchar(25)) AS UNITCOST, CAST(h.EXTDCOST AS varchar(25)) AS EXTDCOST, h.Product_Indicator,
       h.JOBNUMBR, h.COSTCODE, h.COSTTYPE, h.ProjNum, h.CostCatID
FROM POP30310 AS h
LEFT OUTER JOIN POP10500 AS r ON r.POPRCTNM = h.POPRCTNM AND r.RCPTLNNM = h.RCPTLNNM AND r.PONUMBER = h.PONUMBER
LEFT OUTER JOIN GL00105 AS t ON t.ACTINDX = h.INVINDX
LEFT OUTER JOIN GL00105 AS u ON u.ACTINDX = h.PURPVIDX
LEFT OUTER JOIN GL00105 AS b ON b.ACTINDX = r.ACPURIDX;
GO
GRANT SELECT ON gpp_receipt_line TO gpp_reader;
GO

-- Which line of a receipt a line of a purchase invoice pays (three-way match).
DROP VIEW IF EXISTS gpp_invoice_receipt;
GO
CREATE VIEW gpp_invoice_receipt AS
SELECT m.POPIVCNO, m.IVCLINNO, m.POPRCTNM, m.RCPTLNNM, m.LCLINENUMBER, CAST(m.QTYINVCD AS varchar(25)) AS QTYINVCD,
       CAST(m.ORUNTCST AS varchar(25)) AS ORUNTCST, CAST(m.RCPTCOST AS varchar(25)) AS RCPTCOST,
       CAST(m.PPVTotal AS varchar(25)) AS PPVTotal, p.ACTNUMST AS VARIANCE
FROM POP10600 AS m
LEFT OUTER JOIN GL00105 AS p ON p.ACTINDX = m.PURPVIDX;
GO
GRANT SELECT ON gpp_invoice_receipt TO gpp_reader;
GO

-- Which payment or credit paid which invoice. A pair may stand in both tables while one side is open.
DROP VIEW IF EXISTS gpp_payment_applied;
GO
CREATE VIEW gpp_payment_applied AS
SELECT a.APTVCHNM, a.APTODCTY, a.VCHRNMBR, a.DOCTYPE, a.APFRDCNM, CAST(a.APPLDAMT AS varchar(25)) AS APPLDAMT,
       CAST(a.DISTKNAM AS varchar(25)) AS DISTKNAM, CAST(a.WROFAMNT AS varchar(25)) AS WROFAMNT,
       CAST(CAST(a.DATE1 AS date) AS varchar(10)) AS APPLIED
FROM PM10200 AS a
WHERE a.POSTED = 1
UNION ALL
SELECT h.APTVCHNM, h.APTODCTY, h.VCHRNMBR, h.DOCTYPE, h.APFRDCNM, CAST(h.APPLDAMT AS varchar(25)) AS APPLDAMT,
       CAST(h.DISTKNAM AS varchar(25)) AS DISTKNAM, CAST(h.WROFAMNT AS varchar(25)) AS WROFAMNT,
       CAST(CAST(h.DATE1 AS date) AS varchar(10)) AS APPLIED
FROM PM30300 AS h
WHERE NOT EXISTS (
  SELECT 1 FROM PM10200 AS o
  WHERE o.APTVCHNM = h.APTVCHNM AND o.APTODCTY = h.APTODCTY AND o.VCHRNMBR = h.VCHRNMBR AND o.DOCTYPE = h.DOCTYPE
    AND o.POSTED = 1);
GO
GRANT SELECT ON gpp_payment_applied TO gpp_reader;
GO

-- Job, cost code and cost type of a distribution, as a job product keeps them. GP itself keeps none: this one is
-- empty. Where the company runs a job product, run the script of that product after this one; it replaces this view.
DROP VIEW IF EXISTS gpp_distribution_job;
GO
CREATE VIEW gpp_distribution_job AS
SELECT d.VCHRNMBR, d.CNTRLTYP, d.DEX_ROW_ID, d.DSTSQNUM, d.DSTINDX, CAST('' AS char(31)) AS JOB,
       CAST('' AS char(31)) AS COSTCODE, CAST('' AS char(31)) AS COSTTYPE, CAST('' AS varchar(25)) AS AMOUNT
FROM PM10100 AS d
WHERE d.DEX_ROW_ID < 0 AND d.DEX_ROW_ID > 0;
GO
GRANT SELECT ON gpp_distribution_job TO gpp_reader;
GO
