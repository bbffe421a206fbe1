-- Jobs of the ME97705 table of an add-on for payables (seen in one public report): replaces gpp_distribution_job of
-- gp-views.sql. Run it after that script. T-SQL and PostgreSQL both read it; it was never run on a live company.
--
-- The job stands on the document, so that each of its lines gets it; lines that are no cost are left alone by the mapping.
DROP VIEW IF EXISTS gpp_distribution_job;
GO
CREATE VIEW gpp_distribution_job AS
SELECT d.VCHRNMBR, d.CNTRLTYP, d.DEX_ROW_ID, d.DSTSQNUM, d.DSTINDX, m.ME_Job_ID AS JOB, '' AS COSTCODE, '' AS COSTTYPE,
       '' AS AMOUNT
FROM PM10100 AS d
INNER JOIN ME97705 AS m ON m.DOCNUMBR = d.VCHRNMBR
WHERE d.CNTRLTYP = 0
UNION ALL
SELECT h.VCHRNMBR, h.CNTRLTYP, h.DEX_ROW_ID, h.DSTSQNUM, h.DSTINDX, m.ME_Job_ID AS JOB, '' AS COSTCODE, '' AS COSTTYPE,
       '' AS AMOUNT
FROM PM30600 AS h
INNER JOIN ME97705 AS m ON m.DOCNUMBR = h.VCHRNMBR
WHERE h.CNTRLTYP = 0;
GO
GRANT SELECT ON gpp_distribution_job TO gpp_reader;
GO
