"""Consult: public consultation and standards drafting."""
