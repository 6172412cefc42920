// SPDX-License-Identifier: Apache-2.0
/**
 * Layers, losses, optimizers and whole training runs beside PyTorch's own, libtorch, in one
 * process. Only the profile {@code peers} compiles and runs them: libtorch is a download of 110 MB.
 */
package dev.lanewise.peers;
