"""Why a claim was read as it was, in lines for people."""
