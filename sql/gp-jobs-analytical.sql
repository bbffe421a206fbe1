-- Jobs kept as transaction dimensions of Analytical Accounting: replaces gpp_distribution_job of gp-views.sql.
-- Run it after that script, in each company database that keeps jobs so. T-SQL and PostgreSQL both read it; it was never
-- run on a live Analytical Accounting.
--
-- Change the three names JOB, COST CODE and COST TYPE to those of your dimensions (Cards > Financial > Analytical
-- Accounting); one you do not have may stay as it is. A distribution split into several assignments becomes as many
-- lines, by their amounts.
DROP VIEW IF EXISTS gpp_distribution_job;
GO
CREATE VIEW gpp_distribution_job AS
SELECT h.DOCNUMBR AS VCHRNMBR, h.DOCTYPE AS CNTRLTYP, a.DEX_ROW_ID, l.SEQNUMBR AS DSTSQNUM, l.ACTINDX AS DSTINDX,
       (SELECT MAX(c.aaTrxDimCode) FROM AAG20003 AS x
        INNER JOIN AAG00400 AS n ON n.aaTrxDimID = x.aaTrxDimID
        INNER JOIN AAG00401 AS c ON c.aaTrxDimID = x.aaTrxDimID AND c.aaTrxDimCodeID = x.aaTrxCodeID
        WHERE x.aaSubLedgerHdrID = a.aaSubLedgerHdrID AND x.aaSubLedgerDistID = a.aaSubLedgerDistID
          AND x.aaSubLedgerAssignID = a.aaSubLedgerAssignID AND n.aaTrxDim = 'JOB') AS JOB,
       (SELECT MAX(c.aaTrxDimCode) FROM AAG20003 AS x
        INNER JOIN AAG00400 AS n ON n.aaTrxDimID = x.aaTrxDimID
        INNER JOIN AAG00401 AS c ON c.aaTrxDimID = x.aaTrxDimID AND c.aaTrxDimCodeID = x.aaTrxCodeID
        WHERE x.aaSubLedgerHdrID = a.aaSubLedgerHdrID AND x.aaSubLedgerDistID = a.aaSubLedgerDistID
          AND x.aaSubLedgerAssignID = a.aaSubLedgerAssignID AND n.aaTrxDim = 'COST CODE') AS COSTCODE,
       (SELECT MAX(c.aaTrxDimCode) FROM AAG20003 AS x
        INNER JOIN AAG00400 AS n ON n.aaTrxDimID = x.aaTrxDimID
        INNER JOIN AAG00401 AS c ON c.aaTrxDimID = x.aaTrxDimID AND c.aaTrxDimCodeID = x.aaTrxCodeID
        WHERE x.aaSubLedgerHdrID = a.aaSubLedgerHdrID AND x.aaSubLedgerDistID = a.aaSubLedgerDistID
          AND x.aaSubLedgerAssignID = a.aaSubLedgerAssignID AND n.aaTrxDim = 'COST TYPE') AS COSTTYPE,
       CAST(a.DEBITAMT - a.CRDTAMNT AS varchar(25)) AS AMOUNT
FROM AAG20000 AS h
INNER JOIN AAG20001 AS l ON l.aaSubLedgerHdrID = h.aaSubLedgerHdrID
INNER JOIN AAG20002 AS a ON a.aaSubLedgerHdrID = l.aaSubLedgerHdrID AND a.aaSubLedgerDistID = l.aaSubLedgerDistID
WHERE h.SERIES = 4;
GO
GRANT SELECT ON gpp_distribution_job TO gpp_reader;
GO
