"""Exchange: the portfolio workbook in and out, with preview, faults all at once, and undo.

Words: porteføljeregneark, indlæsning, kladde, fejl. It is the highest subject: it fills every other
through their actions, and nobody imports it (decision 0003). Others may import nothing from it.
"""
