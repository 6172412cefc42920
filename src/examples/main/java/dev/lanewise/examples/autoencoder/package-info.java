// SPDX-License-Identifier: Apache-2.0
/** The autoencoder of seed 000: a network that learns to give back the digit it is given. */
package dev.lanewise.examples.autoencoder;
