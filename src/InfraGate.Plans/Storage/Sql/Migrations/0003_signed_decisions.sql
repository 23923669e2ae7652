-- The gateway's signature of what was said; older decisions have none and count no longer.
ALTER TABLE decision ADD COLUMN signature TEXT;
