"""The tools whose judgement may be recorded. Slots only: no text of any tool is here, and no result is ever summed."""

from desist.codes import RiskTool

TOOLS = [pair for pair in RiskTool.choices if pair[0] != RiskTool.NONE]
