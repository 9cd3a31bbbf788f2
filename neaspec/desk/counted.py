"""How much the desk holds, for an operator's monitoring: numbers without a State, a person or a text."""

from sqlalchemy import Engine, func, select

from neaspec.desk.tables import editions, steps, submissions


def counts(engine: Engine) -> dict[str, dict[str, int]]:
    """Return what is counted -> state -> how many; and the number of the newest step and edition that holds."""
    with engine.connect() as connection:
        found = {
            table.name: {
                str(state): int(count)
                for state, count in connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
            }
            for table in (submissions, editions)
        }
        holds = select(func.max(editions.c.number)).where(editions.c.state == "published")
        found["newest"] = {
            "step": connection.execute(select(func.max(steps.c.number))).scalar() or 0,
            "edition": connection.execute(holds).scalar() or 0,
        }
    return found
