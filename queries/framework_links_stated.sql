-- question: Which conventions, plans and programmes is the work linked to, and does a document say so?
-- params:
--   $as_known_on     null::date
-- returns:
--   framework_link_id VARCHAR  framework_links.framework_link_id
--   framework_id      VARCHAR  frameworks.framework_id
--   framework_name    VARCHAR  -
--   acronym           VARCHAR  -
--   kind              VARCHAR  allowed value
--   element           VARCHAR  part of the framework
--   linked_kind       VARCHAR  allowed value
--   linked_name       VARCHAR  -
--   what              VARCHAR  -
--   basis             VARCHAR  stated or our_reading
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    links.framework_link_id, links.framework_id, frameworks.name as framework_name, frameworks.acronym,
    frameworks.kind, links.element, links.linked_kind, links.linked_name, links.what, links.basis,
    links.document_id, links.locator, links.caveat_ids,
from known_framework_links($as_known_on) as links
inner join frameworks on links.framework_id = frameworks.framework_id
order by frameworks.acronym, links.element nulls first, links.framework_link_id
