package volumes

import (
	"context"
	"encoding/json"
	"log"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// expand lets a claim grow as the external resizer does: the claim says Resizing, the volume gets the capacity,
// the claim gets it too. A directory has no size of its own: nothing on the disk changes.
func (c *controller) expand(ctx context.Context, claim *core.PersistentVolumeClaim) error {
	wanted := claim.Spec.Resources.Requests[core.ResourceStorage]
	given := claim.Status.Capacity[core.ResourceStorage]
	if claim.Annotations[wantedProvisioner] != Provisioner || claim.DeletionTimestamp != nil ||
		claim.Status.Phase != core.ClaimBound || wanted.Cmp(given) <= 0 {
		return nil
	}
	resizing := core.PersistentVolumeClaimCondition{
		Type: core.PersistentVolumeClaimResizing, Status: core.ConditionTrue, LastTransitionTime: meta.Now(),
	}
	if err := c.patchClaim(ctx, claim, map[string]any{
		"conditions": []core.PersistentVolumeClaimCondition{resizing},
	}); err != nil {
		return err
	}
	capacity := map[string]any{"capacity": core.ResourceList{core.ResourceStorage: wanted}}
	patch, err := json.Marshal(map[string]any{"spec": capacity})
	if err != nil {
		return err
	}
	if _, err := c.client.CoreV1().PersistentVolumes().Patch(
		ctx, claim.Spec.VolumeName, types.MergePatchType, patch, meta.PatchOptions{},
	); err != nil {
		return err
	}
	capacity["conditions"] = nil
	if err := c.patchClaim(ctx, claim, capacity); err != nil {
		return err
	}
	log.Printf("claim %s/%s: grown from %s to %s", claim.Namespace, claim.Name, given.String(), wanted.String())
	return nil
}

func (c *controller) patchClaim(ctx context.Context, claim *core.PersistentVolumeClaim, status map[string]any) error {
	patch, err := json.Marshal(map[string]any{"status": status})
	if err != nil {
		return err
	}
	_, err = c.client.CoreV1().PersistentVolumeClaims(claim.Namespace).Patch(
		ctx, claim.Name, types.MergePatchType, patch, meta.PatchOptions{}, "status",
	)
	return err
}
