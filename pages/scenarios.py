"""Scenarios: what would more deaths a year at energy infrastructure do to a population?"""

from neaspec.web.page import show_page
from neaspec.web.scenario_choices import choose_scenario, ready_choices, work_on

choices = choose_scenario()
show_page("scenarios", ready_choices(choices))
work_on(choices)
