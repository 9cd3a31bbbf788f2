-- rule: A crossing is two stays of one animal in different countries, one after the other, each supported by a record
-- that is declared, inside, or at the coast; stays that only touch the border zone are passed over, and what lies on
-- both sides of such a touch is one presence. It lies between the last record that supports the one country and the first
-- that supports the other. It is confirmed if each presence has a picture, sample or ring, or enough fixes far enough
-- apart in time, declared or inside, not contradicted by the map, and the order of the two is certain; otherwise it is
-- probable, with the reasons. The order is not certain if one of the two times is known to the day only and the other is
-- less than a day away, or if one is known only as an interval of more than a day. A change of country of which one side
-- only touches the border zone is told apart as border zone only. Nothing is said of countries between two fixes.
-- A doubtful record is no such evidence, and a crossing over a jump (neaspec/crossings/doubts/movement.py) is not
-- confirmed. Beyond the map a doubtful record is no presence: it may be a filling of an empty cell.
create or replace table presences as
with supported_stays as (
    select
        *,
        land is distinct from lag(land) over (partition by animal order by stay) as is_new,
    from stays
    where support > 0 or (land = 'beyond' and not is_all_doubtful)
),
numbered as (
    select
        *,
        (sum(is_new::integer) over (partition by animal order by stay rows unbounded preceding))::integer as presence,
    from supported_stays
)
select
    animal,
    presence,
    min(land) as land,
    min(stay) as first_stay,
    max(stay) as last_stay,
    max(support) as support,
    bool_or(has_proof) as has_proof,
    bool_or(has_doubt) as has_doubt,
    bool_or(is_clear) as is_clear,
    sum(solid_records) as solid_records,
    coalesce(max(solid_to) - min(solid_from), interval 0 second) as solid_time,
from numbered
group by animal, presence;

create or replace temp view jumps_of_animals as
select animals.animal, jumps.time
from jumps
inner join animals on jumps.individual_key = animals.individual_key;

create or replace table crossings as
with apart as (
    select
        now.animal,
        earlier.last_stay as from_stay,
        now.first_stay as to_stay,
        true as is_supported,
        list_filter([
            case when earlier.support < 2 then 'coast_before' end,
            case when now.support < 2 then 'coast_after' end,
            case when earlier.support = 2 and not earlier.has_proof
                and earlier.solid_records < $fixes_for_confirmed then 'few_fixes_before' end,
            case when now.support = 2 and not now.has_proof
                and now.solid_records < $fixes_for_confirmed then 'few_fixes_after' end,
            case when earlier.support = 2 and not earlier.has_proof and earlier.solid_records >= $fixes_for_confirmed
                and earlier.solid_time < to_seconds(60 * $minutes_for_confirmed) then 'short_before' end,
            case when now.support = 2 and not now.has_proof and now.solid_records >= $fixes_for_confirmed
                and now.solid_time < to_seconds(60 * $minutes_for_confirmed) then 'short_after' end,
            case when not earlier.is_clear then 'contradicted_before' end,
            case when not now.is_clear then 'contradicted_after' end,
            case when earlier.has_doubt and not earlier.has_proof
                and earlier.solid_records < $fixes_for_confirmed then 'doubtful_before' end,
            case when now.has_doubt and not now.has_proof
                and now.solid_records < $fixes_for_confirmed then 'doubtful_after' end,
        ], lambda reason: reason is not null) as reasons,
    from presences as now
    inner join presences as earlier on now.animal = earlier.animal and now.presence = earlier.presence + 1
),
touching as (
    select now.animal, earlier.stay as from_stay, now.stay as to_stay, false as is_supported, [] as reasons
    from stays as now
    inner join stays as earlier on now.animal = earlier.animal and now.stay = earlier.stay + 1
    where now.support = 0 or earlier.support = 0
),
pairs as (
    select * from apart union all select * from touching
),
-- Of a pair that is supported the records that support it count, of the others the outermost ones.
with_records as (
    select
        pairs.*,
        earlier.land as from_land,
        now.land as to_land,
        earlier.evidence as from_evidence,
        now.evidence as to_evidence,
        now.age,
        case when pairs.is_supported then earlier.last_sure else earlier.last end as from_record,
        case when pairs.is_supported then now.first_sure else now.first end as to_record,
    from pairs
    inner join stays as earlier on pairs.animal = earlier.animal and pairs.from_stay = earlier.stay
    inner join stays as now on pairs.animal = now.animal and pairs.to_stay = now.stay
    where earlier.land <> 'beyond' and now.land <> 'beyond'
),
with_jumps as (
    select
        *,
        exists (
            from jumps_of_animals as jump
            where jump.animal = with_records.animal
                and jump.time > with_records.from_record.time
                and jump.time <= with_records.to_record.time
        ) as is_over_a_jump,
    from with_records
)
select
    * exclude (is_supported, reasons, is_over_a_jump),
    from_record.time as left_at,
    to_record.time as arrived_at,
    (
        (from_record.is_about or to_record.is_about) and to_record.time - from_record.time < interval 1 day
    ) or from_record.is_long or to_record.is_long as is_order_uncertain,
    case
        when not is_supported then 'border_zone_only'
        when len(with_jumps.reasons) = 0 and not is_order_uncertain and not is_over_a_jump then 'confirmed'
        else 'probable'
    end as grade,
    case
        when not is_supported then ''
        else array_to_string(
            with_jumps.reasons || case when is_order_uncertain then ['order_uncertain'] else [] end
            || case when is_over_a_jump then ['jump'] else [] end, ' '
        )
    end as reasons,
from with_jumps;
