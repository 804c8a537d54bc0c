"""Files of models as Keras 3 has them: `.keras`, `.weights.h5` and the older `.h5`."""
