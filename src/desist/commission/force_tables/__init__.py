"""Published tables of counts by police area, as a commissioner pasted them: newer figures for the need sheets."""
