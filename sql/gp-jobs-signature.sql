-- Jobs of Signature Job Cost (WennSoft, KEY2ACT) for the reader: replaces gpp_distribution_job of gp-views.sql.
-- Run it after that script, in each company database that has Signature. T-SQL and PostgreSQL both read it; it was
-- never run on a live Signature.
--
-- WS20001 holds the job side of a payables distribution. No public page says whether Job_TRX_Number or APTVCHNM holds
-- the voucher: both are tried, and the line and its account have to agree. What history keeps it in is not known: lines
-- of documents in history have a job as long as their rows stay in WS20001.
--
-- Cost elements become cost types: 1 labor, 2 material, 3 equipment, 4 subcontract, 5 other, in the order of Signature's
-- columns of estimates. Change the letters to the cost types of your Procore, or the numbers to those of your Signature.
DROP VIEW IF EXISTS gpp_distribution_job;
GO
CREATE VIEW gpp_distribution_job AS
SELECT d.VCHRNMBR, d.CNTRLTYP, w.DEX_ROW_ID, d.DSTSQNUM, d.DSTINDX, w.WS_Job_Number AS JOB,
       CONCAT(RTRIM(w.Cost_Code_Number_1),
              CASE WHEN w.Cost_Code_Number_2 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_2)) END,
              CASE WHEN w.Cost_Code_Number_3 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_3)) END,
              CASE WHEN w.Cost_Code_Number_4 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_4)) END) AS COSTCODE,
       CASE w.Cost_Element WHEN 1 THEN 'L' WHEN 2 THEN 'M' WHEN 3 THEN 'E' WHEN 4 THEN 'S' WHEN 5 THEN 'O' ELSE '' END
         AS COSTTYPE,
       '' AS AMOUNT
FROM PM10100 AS d
INNER JOIN WS20001 AS w ON w.CNTRLTYP = d.CNTRLTYP AND w.LNSEQNBR = d.DSTSQNUM AND w.ACTINDX = d.DSTINDX
  AND (w.Job_TRX_Number = d.VCHRNMBR OR w.APTVCHNM = d.VCHRNMBR)
UNION ALL
SELECT h.VCHRNMBR, h.CNTRLTYP, w.DEX_ROW_ID, h.DSTSQNUM, h.DSTINDX, w.WS_Job_Number AS JOB,
       CONCAT(RTRIM(w.Cost_Code_Number_1),
              CASE WHEN w.Cost_Code_Number_2 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_2)) END,
              CASE WHEN w.Cost_Code_Number_3 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_3)) END,
              CASE WHEN w.Cost_Code_Number_4 = '' THEN '' ELSE CONCAT('-', RTRIM(w.Cost_Code_Number_4)) END) AS COSTCODE,
       CASE w.Cost_Element WHEN 1 THEN 'L' WHEN 2 THEN 'M' WHEN 3 THEN 'E' WHEN 4 THEN 'S' WHEN 5 THEN 'O' ELSE '' END
         AS COSTTYPE,
       '' AS AMOUNT
FROM PM30600 AS h
INNER JOIN WS20001 AS w ON w.CNTRLTYP = h.CNTRLTYP AND w.LNSEQNBR = h.DSTSQNUM AND w.ACTINDX = h.DSTINDX
  AND (w.Job_TRX_Number = h.VCHRNMBR OR w.APTVCHNM = h.VCHRNMBR);
GO
GRANT SELECT ON gpp_distribution_job TO gpp_reader;
GO
